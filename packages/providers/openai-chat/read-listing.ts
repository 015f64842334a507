import type { Capability } from '@pipelines/contracts';
import type { ListedThinking, ProviderListing } from '../adapter.ts';
import { type Entry, record, size, text, words } from './listing-fields.ts';
import { readListedPrices } from './read-listed-prices.ts';

/** What LiteLLM's list carries beside models. */
const sentinels = new Set(['all-team-models', 'all-proxy-models', 'no-default-models']);
const otherTypes = new Set(['image', 'embedding', 'moderation', 'rerank', 'audio', 'video', 'transcribe']);

/** One entry of a model list, in whichever of the known dialects; null where it names no model. */
export function readListing(value: unknown): ProviderListing | null {
  if (typeof value !== 'object' || value === null) return null;
  const entry = value as Entry;
  const id = text(entry.id ?? entry.name);
  if (id === null || id.length > 300 || sentinels.has(id)) return null;
  const top = record(entry.top_provider);
  return {
    id,
    name: text(entry.display_name) ?? text(entry.displayName) ?? (entry.id === undefined ? null : text(entry.name)),
    context_tokens: size(entry.context_length) ?? size(entry.contextLength) ?? size(entry.max_model_len) ?? size(entry.context_window),
    maxOutputTokens: size(top.max_completion_tokens) ?? size(entry.max_completion_tokens),
    capabilities: readCapabilities(entry),
    prices: readListedPrices(record(entry.pricing)),
    chat:
      answersText(entry) &&
      !otherTypes.has(text(entry.type) ?? '') &&
      !/^EMBEDDING|^FLUMINA/.test(text(entry.kind) ?? '') &&
      entry.supports_chat !== false,
    inputModalities: words(record(entry.architecture).input_modalities),
    thinking: readThinking(entry.reasoning),
    retiresOn: readDay(entry.expiration_date),
  };
}

/** OpenRouter lists models that draw or speak too. */
function answersText(entry: Entry): boolean {
  const outputs = words(record(entry.architecture).output_modalities);
  return outputs === null || outputs.includes('text');
}

/** OpenRouter and Fireworks tell; the others say nothing, which is not a no. */
function readCapabilities(entry: Entry): Partial<Record<Capability, boolean>> | null {
  const parameters = entry.supported_parameters;
  if (Array.isArray(parameters)) {
    const inputs = record(entry.architecture).input_modalities;
    return {
      json_mode: parameters.includes('response_format') || parameters.includes('structured_outputs'),
      tool_use: parameters.includes('tools'),
      reasoning: parameters.includes('reasoning'),
      ...(Array.isArray(inputs) ? { vision: inputs.includes('image') } : {}),
    };
  }
  const tools = entry.supportsTools ?? entry.supports_tools;
  const images = entry.supportsImageInput ?? entry.supports_image_input;
  if (typeof tools !== 'boolean' && typeof images !== 'boolean') return null;
  return { ...(typeof tools === 'boolean' ? { tool_use: tools } : {}), ...(typeof images === 'boolean' ? { vision: images } : {}) };
}

/** OpenRouter tells which efforts a model knows; a list that is null allows any. */
function readThinking(value: unknown): ListedThinking | null {
  if (typeof value !== 'object' || value === null) return null;
  const { supported_efforts, supports_max_tokens } = value as Entry;
  return { efforts: words(supported_efforts), takesMaxTokens: supports_max_tokens === true };
}

function readDay(value: unknown): string | null {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text(value) ?? '')?.[0];
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : null;
}

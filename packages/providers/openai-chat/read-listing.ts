import type { Capability } from '@pipelines/contracts';
import type { ProviderListing } from '../adapter.ts';

/** What LiteLLM's list carries beside models. */
const sentinels = new Set(['all-team-models', 'all-proxy-models', 'no-default-models']);
const otherTypes = new Set(['image', 'embedding', 'moderation', 'rerank', 'audio', 'video', 'transcribe']);

type Entry = Readonly<Record<string, unknown>>;

/** One entry of a model list, in whichever of the known dialects; null where it names no model. */
export function readListing(value: unknown): ProviderListing | null {
  if (typeof value !== 'object' || value === null) return null;
  const entry = value as Entry;
  const id = text(entry.id) ?? text(entry.name);
  if (id === null || id.length > 300 || sentinels.has(id)) return null;
  const top = record(entry.top_provider);
  return {
    id,
    name: text(entry.display_name) ?? text(entry.displayName) ?? (entry.id === undefined ? null : text(entry.name)),
    context_tokens: size(entry.context_length) ?? size(entry.contextLength) ?? size(entry.max_model_len) ?? size(entry.context_window),
    maxOutputTokens: size(top.max_completion_tokens) ?? size(entry.max_completion_tokens),
    capabilities: readCapabilities(entry),
    prices: readPrices(record(entry.pricing)),
    chat: !otherTypes.has(text(entry.type) ?? '') && !/^EMBEDDING|^FLUMINA/.test(text(entry.kind) ?? '') && entry.supports_chat !== false,
  };
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

/** OpenRouter prints USD per token as text; Together USD per million as numbers. */
function readPrices(pricing: Entry): ProviderListing['prices'] {
  const perToken = { input: decimal(pricing.prompt), output: decimal(pricing.completion) };
  if (perToken.input !== null && perToken.output !== null) return { input: perToken.input, output: perToken.output };
  const input = perMillion(pricing.input);
  const output = perMillion(pricing.output);
  return input === null || output === null || (Number(input) === 0 && Number(output) === 0) ? null : { input, output };
}

function decimal(value: unknown): string | null {
  return typeof value === 'string' && /^\d{1,18}(?:\.\d{1,18})?$/.test(value) ? value : null;
}

/** `0.88` USD per million tokens as `0.00000088` per token, exactly. */
function perMillion(value: unknown): string | null {
  const printed = typeof value === 'number' ? String(value) : value;
  const plain = decimal(printed);
  if (plain === null) return null;
  const [whole = '', fraction = ''] = plain.split('.');
  const digits = whole.padStart(7, '0');
  return decimal(`${digits.slice(0, -6)}.${digits.slice(-6)}${fraction}`.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, ''));
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function size(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

function record(value: unknown): Entry {
  return typeof value === 'object' && value !== null ? (value as Entry) : {};
}

import { type ChatRequest, PipelinesError } from '@pipelines/contracts';
import type { AdapterTarget } from '../adapter.ts';
import { readAnswerLimit, readStops } from '../answer-limit.ts';
import { Changes } from '../changes.ts';
import { chatFields } from '../chat-fields.ts';
import { convertMessages } from './convert-messages.ts';
import { convertReasoning } from './convert-reasoning.ts';
import { convertTools } from './convert-tools.ts';
import { geminiFamilyOf } from './gemini-families.ts';
import type { GenerateRequest, GenerationConfig } from './gemini-types.ts';

const knownFields: ReadonlySet<string> = new Set([...chatFields, 'seed', 'presence_penalty', 'frequency_penalty']);
const MOST_STOPS = 5;

/** OpenAI's chat as a request to generate content. */
export function toGenerate(
  request: ChatRequest,
  target: AdapterTarget,
): { readonly body: GenerateRequest; readonly changes: readonly string[] } {
  const changes = new Changes();
  changes.noteDropped(request, knownFields, 'Gemini');
  const family = geminiFamilyOf(target.providerModelId);
  const { system, contents } = convertMessages(request.messages, family, changes);
  const thinkingConfig = convertReasoning(request, target, family, changes);
  const config: GenerationConfig = {
    ...convertNumbers(request, target),
    ...convertStops(request, changes),
    ...convertFormat(request),
    ...(thinkingConfig === null ? {} : { thinkingConfig }),
  };
  const body = {
    contents,
    ...(system.length > 0 ? { systemInstruction: { parts: system } } : {}),
    ...convertTools(request, changes),
    ...(Object.keys(config).length > 0 ? { generationConfig: config } : {}),
  };
  return { body, changes: changes.list };
}

function convertNumbers(request: ChatRequest, target: AdapterTarget): GenerationConfig {
  const numbers = {
    maxOutputTokens: readAnswerLimit(request, target),
    temperature: request.temperature,
    topP: request.top_p,
    topK: request.top_k,
    seed: request.seed,
    presencePenalty: request.presence_penalty,
    frequencyPenalty: request.frequency_penalty,
  };
  return Object.fromEntries(Object.entries(numbers).filter(([, value]) => typeof value === 'number'));
}

function convertStops(request: ChatRequest, changes: Changes): GenerationConfig {
  const stops = readStops(request).filter((stop) => stop !== '');
  if (stops.length === 0) return {};
  if (stops.length > MOST_STOPS) changes.note('stop', `only the first ${MOST_STOPS} sent, Gemini takes no more`);
  return { stopSequences: stops.slice(0, MOST_STOPS) };
}

function convertFormat({ response_format: format }: ChatRequest): GenerationConfig {
  if (format == null || format.type === 'text') return {};
  if (format.type === 'json_object') return { responseMimeType: 'application/json' };
  const schema = ('json_schema' in format ? format.json_schema : undefined) as { schema?: unknown } | undefined;
  if (format.type === 'json_schema' && typeof schema?.schema === 'object' && schema.schema !== null) {
    return { responseMimeType: 'application/json', responseJsonSchema: schema.schema as Record<string, unknown> };
  }
  throw new PipelinesError('unsupported_parameter', {
    detail: 'Gemini takes response_format json_object, or json_schema with a schema.',
    fix: 'Send response_format {type: "json_schema"} with the schema of the answer, or {type: "json_object"}.',
    param: 'response_format',
  });
}

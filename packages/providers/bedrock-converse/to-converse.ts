import { type ChatRequest, PipelinesError } from '@pipelines/contracts';
import type { AdapterTarget } from '../adapter.ts';
import { readAnswerLimit, readStops } from '../answer-limit.ts';
import { Changes } from '../changes.ts';
import { chatFields } from '../chat-fields.ts';
import type { ConverseRequest, OutputConfig } from './converse-types.ts';
import { convertMessages } from './convert-messages.ts';
import { type ConvertedReasoning, convertReasoning } from './convert-reasoning.ts';
import { convertTools } from './convert-tools.ts';

const knownFields: ReadonlySet<string> = new Set(chatFields);

/** OpenAI's chat as a Converse request. */
export function toConverse(
  request: ChatRequest,
  target: AdapterTarget,
): { readonly body: ConverseRequest; readonly changes: readonly string[] } {
  const changes = new Changes();
  changes.noteDropped(request, knownFields, 'Bedrock');
  const { system, messages, usedTools } = convertMessages(request.messages);
  const reasoning = convertReasoning(request, target, changes);
  const toolConfig = convertTools(request, usedTools, changes);
  const outputConfig = convertOutput(request, reasoning);
  const inferenceConfig = convertLimits(request, target, reasoning, changes);
  const additional = { ...topK(request, reasoning), ...reasoning.additionalFields };
  const body: ConverseRequest = {
    messages,
    ...(system.length > 0 ? { system } : {}),
    ...(Object.keys(inferenceConfig).length > 0 ? { inferenceConfig } : {}),
    ...(toolConfig === null ? {} : { toolConfig }),
    ...(Object.keys(outputConfig).length > 0 ? { outputConfig } : {}),
    ...(Object.keys(additional).length > 0 ? { additionalModelRequestFields: additional } : {}),
  };
  return { body, changes: changes.list };
}

function convertLimits(request: ChatRequest, target: AdapterTarget, reasoning: ConvertedReasoning, changes: Changes) {
  const maxTokens = readAnswerLimit(request, target);
  const { temperature, top_p: topP } = request;
  const stop = readStops(request);
  for (const field of ['temperature', 'top_p', 'top_k'] as const) {
    if (reasoning.fixedSampling && request[field] != null) changes.note(field, 'dropped, this model takes none while it thinks');
  }
  return {
    ...(maxTokens === null ? {} : { maxTokens }),
    ...(temperature == null || reasoning.fixedSampling ? {} : { temperature }),
    ...(topP == null || reasoning.fixedSampling ? {} : { topP }),
    ...(stop.length > 0 ? { stopSequences: stop } : {}),
  };
}

function topK(request: ChatRequest, reasoning: ConvertedReasoning): { top_k?: number } {
  return typeof request.top_k === 'number' && !reasoning.fixedSampling ? { top_k: request.top_k } : {};
}

/** Converse knows a schema, but no plain JSON mode: a pretended one would break its promise now and then. */
function convertOutput(request: ChatRequest, reasoning: ConvertedReasoning): OutputConfig {
  const effort = reasoning.effort === null ? {} : { effort: reasoning.effort };
  const format = request.response_format;
  if (format == null || format.type === 'text') return effort;
  const schema = ('json_schema' in format ? format.json_schema : undefined) as { name?: unknown; schema?: unknown } | undefined;
  if (format.type !== 'json_schema' || typeof schema?.schema !== 'object' || schema.schema === null) {
    throw new PipelinesError('unsupported_parameter', {
      detail: 'Bedrock takes response_format json_schema with a schema only.',
      fix: 'Send response_format {type: "json_schema"} with the schema of the answer.',
      param: 'response_format',
    });
  }
  const name = typeof schema.name === 'string' && schema.name !== '' ? schema.name : 'answer';
  return { ...effort, textFormat: { type: 'json_schema', structure: { jsonSchema: { name, schema: JSON.stringify(schema.schema) } } } };
}

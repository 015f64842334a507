import { type ChatRequest, PipelinesError } from '@pipelines/contracts';
import type { AdapterTarget } from '../adapter.ts';
import { readAnswerLimit, readStops } from '../answer-limit.ts';
import { Changes } from '../changes.ts';
import { chatFields } from '../chat-fields.ts';
import { type ClaudeFamily, claudeFamilyOf } from '../claude-families.ts';
import { convertMessages } from './convert-messages.ts';
import { convertReasoning } from './convert-reasoning.ts';
import { convertSamplers } from './convert-samplers.ts';
import { convertTools } from './convert-tools.ts';
import { fitSchema } from './fit-schema.ts';
import type { MessagesRequest, OutputConfig } from './messages-types.ts';

const knownFields: ReadonlySet<string> = new Set([...chatFields, 'parallel_tool_calls', 'user']);

/** A model whose name is none of Claude's, behind a gateway of this wire. */
const otherFamily: ClaudeFamily = { pattern: /(?:)/, thinking: 'either', samplers: 'all', usualLimit: 4_096 };

export interface ConvertedRequest {
  readonly body: Omit<MessagesRequest, 'model' | 'stream'>;
  readonly betas: readonly string[];
  readonly changes: readonly string[];
}

/** OpenAI's chat as a Messages request. */
export function toMessages(request: ChatRequest, target: AdapterTarget): ConvertedRequest {
  const changes = new Changes();
  changes.noteDropped(request, knownFields, 'Anthropic');
  const family = claudeFamilyOf(target.providerModelId) ?? otherFamily;
  const { system, messages, thoughtsLost } = convertMessages(request.messages);
  const { thinking, effort, maxTokens } = convertReasoning(request, target, family, thoughtsLost, changes);
  if (readAnswerLimit(request, target) === null) changes.note('max_tokens', `set to ${maxTokens}, Anthropic needs a limit`);
  const output = { ...(effort === null ? {} : { effort }), ...convertFormat(request, changes) };
  const stops = readStops(request).filter((stop) => stop.trim() !== '');
  const body = {
    max_tokens: maxTokens,
    messages,
    ...(system.length > 0 ? { system } : {}),
    ...convertSamplers(request, family, thinking !== null && thinking.type !== 'disabled', changes),
    ...(stops.length > 0 ? { stop_sequences: stops } : {}),
    ...convertTools(request),
    ...(thinking === null ? {} : { thinking }),
    ...(Object.keys(output).length > 0 ? { output_config: output } : {}),
    ...convertUser(request, changes),
  };
  const interleaved = thinking?.type === 'enabled' && family.interleavedFlag === true && body.tools !== undefined;
  return { body, betas: interleaved ? ['interleaved-thinking-2025-05-14'] : [], changes: changes.list };
}

/** There is a schema, but no plain JSON mode: a pretended one would break its promise now and then. */
function convertFormat({ response_format: format }: ChatRequest, changes: Changes): OutputConfig {
  if (format == null || format.type === 'text') return {};
  const schema = ('json_schema' in format ? format.json_schema : undefined) as { schema?: unknown } | undefined;
  if (format.type !== 'json_schema' || typeof schema?.schema !== 'object' || schema.schema === null) {
    throw new PipelinesError('unsupported_parameter', {
      detail: 'Anthropic takes response_format json_schema with a schema only.',
      fix: 'Send response_format {type: "json_schema"} with the schema of the answer.',
      param: 'response_format',
    });
  }
  const fitted = fitSchema(schema.schema as Record<string, unknown>);
  if (fitted.left.size > 0) changes.note('response_format', `${[...fitted.left].join(' ')} left out, Anthropic does not enforce it`);
  return { format: { type: 'json_schema', schema: fitted.schema } };
}

/** Anthropic takes a token that stands for a person, and refuses what looks like one's address. */
function convertUser({ user }: ChatRequest, changes: Changes): Pick<MessagesRequest, 'metadata'> {
  if (user == null) return {};
  if (typeof user === 'string' && /^[A-Za-z0-9_-]{1,256}$/.test(user)) return { metadata: { user_id: user } };
  changes.note('user', 'dropped, Anthropic takes an opaque ID only');
  return {};
}

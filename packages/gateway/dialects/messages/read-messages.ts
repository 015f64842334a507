import type { ChatRequest, ChatTool, PipelinesError } from '@pipelines/contracts';
import { wrongField } from '../../field-errors.ts';
import { type Fields, fieldsOf, isObject, unsupported } from '../request-fields.ts';
import { readTurns } from './read-turns.ts';

/** A Messages request in the canonical form. */
export interface ReadMessages {
  readonly chat: ChatRequest;
  readonly lost: readonly string[];
  /** What only Claude itself can do, and cannot be left out. */
  readonly untranslatable: PipelinesError | null;
}

const knownFields = new Set([
  'model',
  'messages',
  'system',
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'stream',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'metadata',
]);

/**
 * `wanted` is an answer, whose limit must be named, or only the count of the prompt.
 * @throws PipelinesError `invalid_request` with the parameter to blame
 */
export function readMessages(body: Fields, wanted: 'answer' | 'count' = 'answer'): ReadMessages {
  checkFields(body);
  if (wanted === 'answer') checkLimit(body);
  const turns = readTurns(body);
  const tools = readTools(body.tools);
  const chat: ChatRequest = {
    model: body.model as string,
    messages: turns.messages,
    ...(wanted === 'answer' && { max_tokens: body.max_tokens as number }),
    ...pick(body, ['temperature', 'top_p', 'top_k']),
    ...(Array.isArray(body.stop_sequences) && body.stop_sequences.length > 0 && { stop: body.stop_sequences as string[] }),
    ...(body.stream === true && { stream: true, stream_options: { include_usage: true } }),
    ...(tools.tools.length > 0 && { tools: tools.tools }),
    ...readToolChoice(body.tool_choice),
    ...readReasoning(body),
    ...readFormat(fieldsOf(body.output_config).format),
    ...(typeof fieldsOf(body.metadata).user_id === 'string' && { user: fieldsOf(body.metadata).user_id }),
  };
  const lost = Object.keys(body)
    .filter((field) => !knownFields.has(field) && /^[A-Za-z0-9_]{1,40}$/.test(field) && body[field] !== null)
    .map((field) => `${field}: dropped, only Claude itself knows it`);
  return { chat, lost, untranslatable: turns.untranslatable ?? tools.untranslatable };
}

function checkLimit({ max_tokens }: Fields): void {
  if (!Number.isSafeInteger(max_tokens) || (max_tokens as number) < 1) throw wrongField('max_tokens', 'a positive integer');
}

function checkFields({ model, messages, stop_sequences: stops, stream, thinking, tools, tool_choice }: Fields): void {
  if (typeof model !== 'string' || model === '' || model.length > 300) throw wrongField('model', 'the slug of a model');
  if (!Array.isArray(messages) || messages.length === 0) throw wrongField('messages', 'a list with at least one message');
  const isTextList = Array.isArray(stops) && stops.every((stop) => typeof stop === 'string');
  if (stops != null && !isTextList) throw wrongField('stop_sequences', 'a list of strings');
  if (stream != null && typeof stream !== 'boolean') throw wrongField('stream', 'true or false');
  if (thinking != null && !isObject(thinking)) throw wrongField('thinking', 'an object with a type');
  if (tools != null && !(Array.isArray(tools) && tools.every(isObject))) throw wrongField('tools', 'a list of objects');
  if (tool_choice != null && !isObject(tool_choice)) throw wrongField('tool_choice', 'an object with a type');
}

function readTools(tools: unknown): { readonly tools: ChatTool[]; readonly untranslatable: PipelinesError | null } {
  let untranslatable: PipelinesError | null = null;
  const read = ((tools ?? []) as Fields[]).flatMap((tool, index): ChatTool[] => {
    if (tool.type != null && tool.type !== 'custom') {
      untranslatable ??= unsupported(
        `tools[${index}].type`,
        `"tools[${index}]" is a tool that Anthropic runs itself, and this model is not served by Anthropic.`,
        'Use tools of your own, or a model that Anthropic serves.',
      );
      return [];
    }
    if (typeof tool.name !== 'string' || tool.name === '') throw wrongField(`tools[${index}].name`, 'the name of a tool');
    const { name, description, input_schema, strict, cache_control } = tool;
    const called = {
      name,
      ...(typeof description === 'string' && { description }),
      parameters: isObject(input_schema) ? input_schema : { type: 'object', properties: {} },
      ...(strict === true && { strict }),
    };
    return [{ type: 'function', function: called, ...(isObject(cache_control) && { cache_control }) }];
  });
  return { tools: read, untranslatable };
}

function readToolChoice(choice: unknown): Pick<ChatRequest, 'tool_choice'> & Fields {
  if (!isObject(choice)) return {};
  const alone = choice.disable_parallel_tool_use === true ? { parallel_tool_calls: false } : {};
  switch (choice.type) {
    case 'auto':
      return { tool_choice: 'auto', ...alone };
    case 'any':
      return { tool_choice: 'required', ...alone };
    case 'none':
      return { tool_choice: 'none' };
    case 'tool':
      if (typeof choice.name !== 'string') throw wrongField('tool_choice.name', 'the name of a tool');
      return { tool_choice: { type: 'function', function: { name: choice.name } }, ...alone };
    default:
      throw wrongField('tool_choice.type', 'one of auto, any, tool, none');
  }
}

/** A budget, or an effort with thinking that the model measures itself. */
function readReasoning({ thinking, output_config: output }: Fields): Pick<ChatRequest, 'reasoning'> {
  const { type, budget_tokens: budget } = fieldsOf(thinking);
  const { effort } = fieldsOf(output);
  if (type === 'disabled') return { reasoning: { enabled: false } };
  if (type === 'enabled') {
    if (!Number.isSafeInteger(budget) || (budget as number) < 1) throw wrongField('thinking.budget_tokens', 'a positive integer');
    return { reasoning: { max_tokens: budget as number } };
  }
  if (type !== undefined && type !== 'adaptive') throw wrongField('thinking.type', 'one of enabled, adaptive, disabled');
  if (typeof effort === 'string') return { reasoning: { effort } };
  return type === 'adaptive' ? { reasoning: { enabled: true } } : {};
}

function readFormat(format: unknown): Pick<ChatRequest, 'response_format'> {
  if (format == null) return {};
  const { type, schema } = fieldsOf(format);
  if (type !== 'json_schema' || !isObject(schema)) throw wrongField('output_config.format', 'an object with type json_schema and a schema');
  return { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema, strict: true } } };
}

function pick(body: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.flatMap((name) => (body[name] == null ? [] : [[name, body[name]]])));
}

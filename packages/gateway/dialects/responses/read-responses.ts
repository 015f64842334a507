import type { ChatRequest, ChatTool } from '@pipelines/contracts';
import { wrongField } from '../../field-errors.ts';
import { type Fields, fieldsOf, isObject } from '../request-fields.ts';
import { readItems } from './read-items.ts';
import { refuseStateful } from './refuse-stateful.ts';

export interface ReadResponses {
  readonly chat: ChatRequest;
  readonly lost: readonly string[];
}

const knownFields = new Set([
  'model',
  'input',
  'instructions',
  'max_output_tokens',
  'temperature',
  'top_p',
  'stream',
  'stream_options',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'reasoning',
  'text',
  'store',
  'include',
  'background',
  'truncation',
  // Told again in the answer, and of no effect on it.
  'metadata',
]);
/** Of the same name and meaning in a chat. */
const sameFields = ['temperature', 'top_p', 'parallel_tool_calls', 'user', 'safety_identifier', 'prompt_cache_key', 'service_tier'];

/** A Responses request in the canonical form. @throws PipelinesError `invalid_request`, `unsupported_parameter` */
export function readResponses(body: Fields): ReadResponses {
  checkFields(body);
  refuseStateful(body);
  const { messages, lost } = readItems(body.input);
  const instructions = typeof body.instructions === 'string' && body.instructions !== '' ? body.instructions : null;
  const tools = readTools(body.tools);
  const { effort } = fieldsOf(body.reasoning);
  const chat: ChatRequest = {
    model: body.model as string,
    messages: instructions === null ? messages : [{ role: 'system', content: instructions }, ...messages],
    ...(body.max_output_tokens != null && { max_tokens: body.max_output_tokens as number }),
    ...Object.fromEntries(sameFields.flatMap((field) => (body[field] == null ? [] : [[field, body[field]]]))),
    ...(body.stream === true && { stream: true, stream_options: { include_usage: true } }),
    ...(tools.length > 0 && { tools, ...readToolChoice(body.tool_choice) }),
    ...(typeof effort === 'string' && { reasoning_effort: effort }),
    ...readText(fieldsOf(body.text)),
  };
  const unread = Object.keys(body).filter(
    (field) => !knownFields.has(field) && !sameFields.includes(field) && body[field] !== null && /^[A-Za-z0-9_]{1,40}$/.test(field),
  );
  return { chat, lost: [...lost, ...unread.map((field) => `${field}: dropped, a chat has no such parameter`)] };
}

function checkFields({
  model,
  input,
  instructions,
  max_output_tokens: limit,
  stream,
  tools,
  tool_choice,
  text,
  reasoning,
  include,
}: Fields): void {
  if (typeof model !== 'string' || model === '' || model.length > 300) throw wrongField('model', 'the slug of a model');
  if (typeof input !== 'string' && !(Array.isArray(input) && input.length > 0)) throw wrongField('input', 'a text or a list of items');
  if (instructions != null && typeof instructions !== 'string') throw wrongField('instructions', 'a text');
  if (limit != null && !(Number.isSafeInteger(limit) && (limit as number) > 0)) throw wrongField('max_output_tokens', 'a positive integer');
  if (stream != null && typeof stream !== 'boolean') throw wrongField('stream', 'true or false');
  if (tools != null && !Array.isArray(tools)) throw wrongField('tools', 'a list of functions');
  if (tool_choice != null && typeof tool_choice !== 'string' && !isObject(tool_choice))
    throw wrongField('tool_choice', 'a word or an object');
  if (text != null && !isObject(text)) throw wrongField('text', 'an object');
  if (reasoning != null && !isObject(reasoning)) throw wrongField('reasoning', 'an object');
  if (include != null && !Array.isArray(include)) throw wrongField('include', 'a list');
}

function readTools(tools: unknown): ChatTool[] {
  return ((tools ?? []) as Fields[]).map(({ name, description, parameters, strict }, index) => {
    if (typeof name !== 'string' || name === '') throw wrongField(`tools[${index}].name`, 'the name of a function');
    return {
      type: 'function',
      function: {
        name,
        ...(typeof description === 'string' && { description }),
        ...(isObject(parameters) && { parameters }),
        ...(typeof strict === 'boolean' && { strict }),
      },
    };
  });
}

function readToolChoice(choice: unknown): Pick<ChatRequest, 'tool_choice'> {
  if (choice == null) return {};
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { tool_choice: choice };
  const { name } = fieldsOf(choice);
  if (typeof name !== 'string') throw wrongField('tool_choice', 'auto, none, required, or a function by its name');
  return { tool_choice: { type: 'function', function: { name } } };
}

function readText({ format, verbosity }: Fields): Pick<ChatRequest, 'response_format'> & Fields {
  const said = verbosity == null ? {} : { verbosity };
  if (format == null) return said;
  const { type, name, schema, strict, description } = fieldsOf(format);
  if (type === 'text') return said;
  if (type === 'json_object') return { ...said, response_format: { type } };
  if (type !== 'json_schema' || !isObject(schema))
    throw wrongField('text.format', 'of type text, json_object or json_schema with a schema');
  const named = { name: typeof name === 'string' && name !== '' ? name : 'answer', schema };
  const rest = { ...(typeof description === 'string' && { description }), ...(typeof strict === 'boolean' && { strict }) };
  return { ...said, response_format: { type, json_schema: { ...named, ...rest } } };
}

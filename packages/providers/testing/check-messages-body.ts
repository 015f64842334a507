import { claudeFamilyOf } from '../claude-families.ts';
import { type Fields, fields, items } from './fields.ts';
import { blocksOf } from './read-asked-messages.ts';

const topFields = new Set([
  'model',
  'max_tokens',
  'messages',
  'system',
  'stream',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'metadata',
  'service_tier',
  'cache_control',
]);

/** What a count is made of. */
const countedFields = new Set(['model', 'messages', 'system', 'tools', 'tool_choice', 'thinking', 'output_config', 'cache_control']);

/** The same where tokens are counted: there is no answer to limit or to shape. */
export function checkCountBody(value: unknown): string | null {
  const body = fields(value);
  const unknown = Object.keys(body).find((key) => !countedFields.has(key));
  if (unknown !== undefined) return `${unknown}: Extra inputs are not permitted`;
  return checkTurns(items(body.messages)) ?? checkThinking(body) ?? checkSchema(body);
}

/** What Anthropic refuses with `invalid_request_error`; null when it takes the body. */
export function checkMessagesBody(value: unknown): string | null {
  const body = fields(value);
  const unknown = Object.keys(body).find((key) => !topFields.has(key));
  if (unknown !== undefined) return `${unknown}: Extra inputs are not permitted`;
  if (typeof body.max_tokens !== 'number') return 'max_tokens: Field required';
  return checkTurns(items(body.messages)) ?? checkThinking(body) ?? checkSamplers(body) ?? checkSchema(body);
}

function checkTurns(messages: readonly Fields[]): string | null {
  if (messages.length === 0) return 'messages: at least one message is required';
  if (messages[0]?.role !== 'user') return 'messages: first message must use the "user" role';
  for (const [index, message] of messages.entries()) {
    const blocks = blocksOf(message.content);
    if (blocks.length === 0) return `messages.${index}: all messages must have non-empty content`;
    for (const block of blocks) {
      const fault = checkBlock(block);
      if (fault !== null) return `messages.${index}.content: ${fault}`;
    }
    const fault = checkResults(blocks, blocksOf(messages[index - 1]?.content));
    if (fault !== null) return `messages.${index}: ${fault}`;
  }
  return null;
}

function checkBlock(block: Fields): string | null {
  const source = fields(block.source);
  switch (block.type) {
    case 'text':
      return typeof block.text === 'string' && block.text.trim() !== '' ? null : 'text content blocks must contain non-whitespace text';
    case 'image':
      if (source.type === 'url') return String(source.url).startsWith('https://') ? null : 'image.source: Only HTTPS URLs are supported.';
      return typeof source.data === 'string' && /^image\/(?:png|jpeg|gif|webp)$/.test(String(source.media_type))
        ? null
        : 'image.source: Invalid';
    case 'tool_use':
      return typeof block.input === 'object' && block.input !== null ? null : 'tool_use.input: Input should be a valid dictionary';
    case 'thinking':
      return block.signature === signature ? null : 'thinking.signature: Invalid `signature` in `thinking` block';
    case 'redacted_thinking':
      return typeof block.data === 'string' ? null : 'redacted_thinking.data: Field required';
    default:
      return block.type === 'tool_result'
        ? null
        : `Input tag '${String(block.type)}' found using 'type' does not match any of the expected tags`;
  }
}

/** The signature that the fake puts under its thoughts, and wants back with them. */
export const signature = 'RXJJQ2lnbmF0dXJlLW9mLXRoZS10aG91Z2h0';

/** Each call is answered in the next turn, first of all, and nothing else is. */
function checkResults(blocks: readonly Fields[], before: readonly Fields[]): string | null {
  const called = before.filter((block) => block.type === 'tool_use').map((block) => block.id);
  const answered = blocks.filter((block) => block.type === 'tool_result').map((block) => block.tool_use_id);
  const stray = answered.find((id) => !called.includes(id));
  if (stray !== undefined) return 'unexpected `tool_use_id` found in `tool_result` blocks';
  if (called.some((id) => !answered.includes(id))) return '`tool_use` ids were found without `tool_result` blocks immediately after';
  const late = blocks.findLastIndex((block) => block.type === 'tool_result') >= answered.length;
  return answered.length > 0 && late ? 'tool_result blocks must come first' : null;
}

function checkThinking(body: Fields): string | null {
  const thinking = fields(body.thinking);
  const family = claudeFamilyOf(String(body.model));
  const forced = ['any', 'tool'].includes(String(fields(body.tool_choice).type));
  if (['enabled', 'adaptive'].includes(String(thinking.type)) && forced)
    return 'Thinking may not be enabled when tool_choice forces tool use.';
  if (thinking.type === 'adaptive') return family?.thinking === 'budget' ? 'adaptive thinking is not supported on this model' : null;
  if (thinking.type !== 'enabled') return null;
  if (family?.thinking === 'adaptive') {
    return '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.';
  }
  const budget = Number(thinking.budget_tokens);
  if (budget < 1024) return 'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024';
  if (budget >= Number(body.max_tokens)) return '`max_tokens` must be greater than `thinking.budget_tokens`.';
  const last = items(body.messages).slice(-2);
  const looping = blocksOf(last[1]?.content).some((block) => block.type === 'tool_result');
  const first = blocksOf(last[0]?.content)[0]?.type;
  if (looping && first !== 'thinking' && first !== 'redacted_thinking') {
    return `messages.1.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${String(first)}\`.`;
  }
  return null;
}

function checkSamplers(body: Fields): string | null {
  const samplers = claudeFamilyOf(String(body.model))?.samplers ?? 'all';
  const given = ['temperature', 'top_p', 'top_k'].filter((field) => body[field] !== undefined);
  const [first] = given;
  if (first === undefined) return null;
  if (samplers === 'none') return `\`${first}\` is deprecated for this model.`;
  if (['enabled', 'adaptive'].includes(String(fields(body.thinking).type))) {
    return `\`${first}\` may only be set to 1 when thinking is enabled or in adaptive mode.`;
  }
  if (samplers === 'one' && given.includes('temperature') && given.includes('top_p')) {
    return '`temperature` and `top_p` cannot both be specified for this model. Please use only one.';
  }
  return Number(body.temperature ?? 0) > 1 ? 'temperature: range: 0..1' : null;
}

/** Every object of a schema is closed. */
function checkSchema(body: Fields): string | null {
  const open = (schema: Fields): boolean =>
    (schema.type === 'object' && schema.additionalProperties !== false) ||
    Object.values(fields(schema.properties)).some((inner) => open(fields(inner)));
  return open(fields(fields(fields(body.output_config).format).schema))
    ? "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false"
    : null;
}

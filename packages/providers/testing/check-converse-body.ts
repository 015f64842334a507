import { type Fields, fields, list } from './fields.ts';

const topFields = new Set([
  'messages',
  'system',
  'inferenceConfig',
  'toolConfig',
  'outputConfig',
  'additionalModelRequestFields',
  'guardrailConfig',
  'requestMetadata',
  'performanceConfig',
]);

/** What a count is made of. */
const countedFields = new Set(['messages', 'system', 'toolConfig', 'additionalModelRequestFields']);

/** The same where tokens are counted. */
export function checkCountBody(value: unknown): string | null {
  const converse = fields(fields(fields(value).input).converse);
  const unknown = Object.keys(converse).find((key) => !countedFields.has(key));
  return unknown === undefined ? checkConverseBody(converse) : `#/input/converse: extraneous key [${unknown}] is not permitted`;
}

/** What Bedrock refuses with a `ValidationException`; null when it takes the body. */
export function checkConverseBody(value: unknown): string | null {
  const body = fields(value);
  const unknown = Object.keys(body).find((key) => !topFields.has(key));
  if (unknown !== undefined) return `#: extraneous key [${unknown}] is not permitted`;
  const messages = list(body.messages).map(fields);
  if (messages[0]?.role !== 'user')
    return 'A conversation must start with a user message. Try again with a conversation that starts with a user message.';
  for (const [index, message] of messages.entries()) {
    if (index > 0 && message.role === messages[index - 1]?.role) return 'A conversation must alternate between user and assistant roles.';
    if (list(message.content).length === 0) return `The content field in the Message object at messages.${index} is empty.`;
  }
  const blocks = [...messages.flatMap((message) => list(message.content)), ...list(body.system)].map(fields);
  return checkBlocks(blocks, body) ?? checkTools(blocks, body);
}

function checkBlocks(blocks: readonly Fields[], body: Fields): string | null {
  for (const block of blocks) {
    if (typeof block.text === 'string' && block.text.trim() === '')
      return 'The text field in the ContentBlock object is blank. Add text to the text field, and try again.';
    const image = block.image === undefined ? null : fields(block.image);
    if (image !== null && typeof fields(image.source).bytes !== 'string') return 'The image source is missing its bytes.';
    const thought = fields(fields(block.reasoningContent).reasoningText);
    if (block.reasoningContent !== undefined && thought.text !== undefined && thought.signature === undefined)
      return 'thinking.signature: Field required';
  }
  const limit = fields(body.inferenceConfig).maxTokens;
  const budget = fields(fields(body.additionalModelRequestFields).thinking).budget_tokens;
  if (typeof budget === 'number' && typeof limit === 'number' && budget >= limit)
    return '`max_tokens` must be greater than `thinking.budget_tokens`.';
  return null;
}

function checkTools(blocks: readonly Fields[], body: Fields): string | null {
  const uses = blocks.flatMap((block) => (block.toolUse === undefined ? [] : [fields(block.toolUse)]));
  const results = blocks.flatMap((block) => (block.toolResult === undefined ? [] : [fields(block.toolResult)]));
  if (uses.length + results.length > 0 && body.toolConfig === undefined) {
    return 'The toolConfig field must be defined when using toolUse and toolResult content blocks.';
  }
  const ids = [...uses, ...results].map((block) => String(block.toolUseId));
  if (ids.some((id) => !/^[A-Za-z0-9_-]{1,64}$/.test(id))) return 'toolUseId does not match the pattern [a-zA-Z0-9_-]+';
  if (results.some((result) => !uses.some((use) => use.toolUseId === result.toolUseId)))
    return 'Expected toolResult blocks for the toolUse ids.';
  if (uses.some((use) => typeof use.input !== 'object' || use.input === null)) return 'The input of a toolUse is not an object.';
  return null;
}

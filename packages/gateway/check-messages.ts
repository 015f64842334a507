import { wrongField } from './field-errors.ts';

const roles = new Set<unknown>(['system', 'developer', 'user', 'assistant', 'tool', 'function']);

/** Checks the shape of `messages`, as far as every provider agrees on it. @throws PipelinesError `invalid_request` */
export function checkMessages(messages: unknown): void {
  if (!Array.isArray(messages) || messages.length === 0) throw wrongField('messages', 'a list with at least one message');
  for (const [index, message] of messages.entries()) {
    const field = `messages[${index}]`;
    if (!isObject(message)) throw wrongField(field, 'an object with a role');
    if (!roles.has(message.role)) throw wrongField(`${field}.role`, 'one of system, developer, user, assistant, tool, function');
    const { content, tool_calls: toolCalls } = message;
    if (Array.isArray(content)) checkParts(content, field);
    else if (content !== undefined && content !== null && typeof content !== 'string') {
      throw wrongField(`${field}.content`, 'a string or a list of parts');
    }
    if (toolCalls !== undefined && toolCalls !== null && !(Array.isArray(toolCalls) && toolCalls.every(isObject))) {
      throw wrongField(`${field}.tool_calls`, 'a list of objects');
    }
  }
}

function checkParts(parts: readonly unknown[], field: string): void {
  for (const [index, part] of parts.entries()) {
    if (!isObject(part) || typeof part.type !== 'string') throw wrongField(`${field}.content[${index}]`, 'an object with a type');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

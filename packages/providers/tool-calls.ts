import { createHash } from 'node:crypto';
import type { ToolCall } from '@pipelines/contracts';
import { wrongMessages } from './wrong-messages.ts';

/** A tool call's ID in the letters and the length that every provider takes; the same in, the same out. */
export function toToolId(id: unknown): string {
  if (typeof id !== 'string' || id === '') throw wrongMessages('A tool call or its result has no ID.');
  if (/^[A-Za-z0-9_-]{1,64}$/.test(id)) return id;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 16);
  return `${id.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 47)}_${digest}`;
}

/** The arguments of an earlier call as an object. An empty text means none. */
export function readArguments(call: ToolCall): Record<string, unknown> {
  const text: unknown = call.function.arguments;
  if (text === undefined || text === '') return {};
  try {
    const value: unknown = JSON.parse(String(text));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The parser's message quotes the arguments.
  }
  throw wrongMessages('The arguments of a tool call are not a JSON object.');
}

/** A call that the model makes, as OpenAI's clients know it. */
export function toToolCall(id: string, name: unknown, input: unknown): ToolCall {
  return { id, type: 'function', function: { name: String(name), arguments: JSON.stringify(input ?? {}) } };
}

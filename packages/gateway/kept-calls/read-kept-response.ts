import { type Fields, fieldsOf } from '../dialects/request-fields.ts';
import { decodeEvents } from '../dialects/typed-events.ts';
import type { KeptAnswer } from './kept-answer.ts';

const ends = new Set<unknown>(['response.completed', 'response.incomplete']);

/** An answer of the Responses API, streamed or whole. @throws for what is none, or broke off */
export function readKeptResponse(text: string): KeptAnswer {
  const { object, status, output } = text.trimStart().startsWith('{') ? fieldsOf(JSON.parse(text)) : findEnd(decodeEvents(text));
  if (object !== 'response' || !Array.isArray(output) || !ends.has(`response.${status}`)) throw new TypeError('Not a whole response.');
  const items = output.map(fieldsOf);
  const parts = items.flatMap(({ type, content }) => (type === 'message' && Array.isArray(content) ? content.map(fieldsOf) : []));
  const calls = items.filter(({ type }) => type === 'function_call');
  return {
    text: parts.map(({ text: said, refusal }) => String(said ?? refusal ?? '')).join(''),
    toolCalls: calls.map(({ name, arguments: given }) => ({ name: String(name), arguments: String(given) })),
  };
}

/** The last event of a stream has the whole response. */
function findEnd(events: readonly Fields[]): Fields {
  return fieldsOf(events.findLast(({ type }) => ends.has(type))?.response);
}

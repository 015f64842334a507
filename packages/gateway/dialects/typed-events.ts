import { createParser } from 'eventsource-parser';

/** An event of a stream whose events are told apart by their type. */
export interface TypedEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Events as server-sent ones, each under its name. */
export function encodeEvents(events: readonly TypedEvent[]): Uint8Array {
  return Buffer.from(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
}

/** The events of a whole stream, in order. @throws SyntaxError for one that is not JSON */
export function decodeEvents(stream: string): readonly TypedEvent[] {
  const events: TypedEvent[] = [];
  const parser = createParser({ onEvent: ({ data }) => events.push(JSON.parse(data) as TypedEvent) });
  // The last one may lack its empty line.
  parser.feed(`${stream}\n\n`);
  return events;
}

/** An event of a stream whose events are told apart by their type. */
export interface TypedEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Events as server-sent ones, each under its name. */
export function encodeEvents(events: readonly TypedEvent[]): Uint8Array {
  return Buffer.from(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
}

export interface OpenEvents<Event> {
  readonly status: number;
  readonly headers: Headers;
  /** Those that have come so far. */
  readonly events: readonly Event[];
  /** The server has ended the stream. */
  readonly ended: Promise<void>;
  leave(): void;
}

/** Opens a stream of events as a program does; with a body, by POST. */
export async function openEvents<Event>(address: string, headers: Record<string, string>, body?: unknown): Promise<OpenEvents<Event>> {
  const leaving = new AbortController();
  const response = await fetch(address, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    signal: leaving.signal,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const events: Event[] = [];
  const read = async () => {
    let text = '';
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece;
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const event of whole) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data !== undefined) events.push(JSON.parse(data) as Event);
      }
    }
  };
  const ended = read();
  ended.catch(() => undefined);
  return { status: response.status, headers: response.headers, events, ended, leave: () => leaving.abort() };
}

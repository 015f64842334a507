import { createParser } from 'eventsource-parser';
import type { z } from 'zod';
import { readProblem } from './api-client.ts';

export interface EventRoute<Schema extends z.ZodType = z.ZodType> {
  readonly path: string;
  readonly success: { readonly events: Schema };
}

/** Posts a body and hands each event of the answer on as it comes. Resolves at the end of the stream. Throws `ApiProblem`. */
export async function postEvents<Schema extends z.ZodType>(
  route: EventRoute<Schema>,
  body: unknown,
  signal: AbortSignal,
  onEvent: (event: z.output<Schema>) => void,
): Promise<void> {
  const response = await fetch(route.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    credentials: 'same-origin',
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok || response.body === null) throw await readProblem(response);
  const parser = createParser({
    onEvent({ data }) {
      const event = route.success.events.safeParse(JSON.parse(data));
      if (event.success) onEvent(event.data);
    },
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) parser.feed(read.value);
}

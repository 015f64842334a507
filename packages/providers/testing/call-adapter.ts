import type { ChatRequest } from '@pipelines/contracts';
import type { AdapterTarget, PreparedRequest, ProviderAdapter, RawResponse, ReadAnswer, StreamEvent, StreamOutcome } from '../adapter.ts';
import { authorizeRequest } from '../authorize-request.ts';
import type { OpenCredential } from '../credential.ts';
import { parseJsonBody } from '../json-body.ts';

/** An adapter at work against a server on this machine: what the gateway does, for tests, with Node's own `fetch`. */
export interface AdapterCaller {
  readonly target: AdapterTarget;
  prepare(request: Omit<ChatRequest, 'model'>): PreparedRequest;
  /** A plain call. Throws what `classify` or `readAnswer` finds. */
  complete(request: Omit<ChatRequest, 'model'>): Promise<ReadAnswer>;
  /** A streamed call, read as events. */
  stream(request: Omit<ChatRequest, 'model'>): Promise<StreamEvent[]>;
  /** A streamed call through the observer: the bytes that a client would get, and the outcome. */
  observe(request: Omit<ChatRequest, 'model'>, options: { callerAskedUsage: boolean }): Promise<{ text: string; outcome: StreamOutcome }>;
}

export function callerOf(adapter: ProviderAdapter, target: AdapterTarget, credential: OpenCredential): AdapterCaller {
  const prepare = (request: Omit<ChatRequest, 'model'>): PreparedRequest => {
    const body = parseJsonBody<ChatRequest>(Buffer.from(JSON.stringify({ model: 'the-slug', ...request })));
    return adapter.prepare({ target, body, stream: request.stream === true });
  };
  const send = async (request: Omit<ChatRequest, 'model'>): Promise<Response> => {
    const { method, url, headers, body } = await authorizeRequest(prepare(request), credential);
    const response = await fetch(url, { method, headers, body: body === null ? null : Buffer.from(body), redirect: 'manual' });
    if (response.ok) return response;
    throw adapter.classify(await toRaw(response), target);
  };
  return {
    target,
    prepare,
    complete: async (request) => adapter.readAnswer(await toRaw(await send(request)), target),
    stream: async (request) => {
      const events: StreamEvent[] = [];
      for await (const event of adapter.readStream(bodyOf(await send({ ...request, stream: true })), target)) events.push(event);
      return events;
    },
    observe: async (request, options) => {
      const observer = adapter.observe?.(options);
      if (observer === undefined) throw new TypeError(`${adapter.protocol} has no observer.`);
      const pieces: Uint8Array[] = [];
      try {
        for await (const piece of bodyOf(await send({ ...request, stream: true }))) pieces.push(observer.push(piece));
      } catch (error) {
        // A connection that breaks off ends the stream; the observer says whether it was whole.
        if (!(error instanceof TypeError)) throw error;
      }
      const { rest, outcome } = observer.end();
      return { text: Buffer.concat([...pieces, rest]).toString('utf8'), outcome };
    },
  };
}

async function toRaw(response: Response): Promise<RawResponse> {
  return { status: response.status, headers: Object.fromEntries(response.headers), body: new Uint8Array(await response.arrayBuffer()) };
}

async function* bodyOf(response: Response): AsyncIterable<Uint8Array> {
  if (response.body !== null) yield* response.body;
}

import { Readable } from 'node:stream';
import type { EgressHandle, EgressHandler, EgressRequest, ResponseHeaders } from './egress-call.ts';
import { EgressError } from './egress-error.ts';

/** An answer whose head has arrived. Read the body by one of the three ways, once, or discard it. */
export interface EgressResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** How long the call waited for its connection: next to nothing where one stood open. */
  readonly connectMs: number | null;
  /** The body as it comes; a slow reader slows the sender. Throws EgressError. Leaving the loop closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body, never more than `maxResponseBytes`. Throws EgressError. */
  bytes(): Promise<Uint8Array>;
  /** The whole body as JSON; EgressError `not_openai_shape` when it is none. */
  json(): Promise<unknown>;
  /** Closes the connection without reading on. */
  discard(): void;
}

/** Runs a call to its first headers. The caller's signal works until the body has been read. */
export function receiveResponse(
  request: EgressRequest,
  dispatch: (call: EgressRequest, handler: EgressHandler) => EgressHandle,
): Promise<EgressResponse> {
  return new Promise((resolve, reject) => {
    const { signal } = request;
    if (signal?.aborted) {
      reject(new EgressError('canceled', 'before_send'));
      return;
    }
    let answered = false;
    const body = new Readable({
      read: () => handle.resume(),
      destroy: (error, done) => {
        handle.abort();
        done(error);
      },
    });
    // Whoever reads gets the error from the iteration; an unread body must not end the process.
    body.on('error', () => {});
    const handle = dispatch(request, {
      onHeaders(status, headers) {
        answered = true;
        resolve(toResponse(status, headers, handle.connectMs, body));
      },
      onData: (chunk) => body.push(chunk),
      onEnd() {
        signal?.removeEventListener('abort', abort);
        body.push(null);
      },
      onError(error) {
        signal?.removeEventListener('abort', abort);
        if (answered) body.destroy(error);
        else reject(error);
      },
    });
    signal?.addEventListener('abort', abort, { once: true });

    function abort(): void {
      handle.abort();
    }
  });
}

function toResponse(status: number, headers: ResponseHeaders, connectMs: number | null, body: Readable): EgressResponse {
  const bytes = async (): Promise<Uint8Array> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  };
  return {
    status,
    headers,
    connectMs,
    body,
    bytes,
    json: async () => {
      const text = new TextDecoder().decode(await bytes());
      try {
        return JSON.parse(text);
      } catch {
        // The parser's own message quotes the body.
        throw new EgressError('not_openai_shape', 'after_send', 'not_json');
      }
    },
    discard: () => {
      body.destroy();
    },
  };
}

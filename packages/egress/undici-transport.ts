import type { IncomingHttpHeaders } from 'node:http';
import { Agent, type Dispatcher, Pool } from 'undici';
import { toConnectTarget } from './connect-target.ts';
import type { ResponseHeaders } from './egress-call.ts';
import { createGuardedConnector, type GuardedConnectorOptions } from './guarded-connector.ts';
import type { Transport, TransportReceiver } from './transport.ts';

/** The transport made of undici's pools. */
export function createUndiciTransport(connectorOptions: GuardedConnectorOptions): Transport {
  const agent = new Agent({
    // The clocks are ours (`deadline.ts`): they also cover the wait for a connection and stop while a reader pauses.
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
    factory: (origin, options) =>
      new Pool(origin, { ...options, connect: createGuardedConnector(toConnectTarget(new URL(origin)), connectorOptions) }),
  });
  return {
    dispatch({ origin, path, method, headers, body }, receiver) {
      agent.dispatch({ origin, path, method, headers: headers as string[], body }, new UndiciHandler(receiver));
    },
    close: () => agent.destroy(),
  };
}

/** Hands on what undici tells. */
class UndiciHandler implements Dispatcher.DispatchHandler {
  readonly #receiver: TransportReceiver;

  constructor(receiver: TransportReceiver) {
    this.#receiver = receiver;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#receiver.onStart(controller);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status >= 200) this.#receiver.onHeaders(status, joinHeaders(headers));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#receiver.onData(chunk);
  }

  onResponseEnd(): void {
    this.#receiver.onEnd();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#receiver.onError(error);
  }
}

/** In place: undici made the object for us. Names are lower-case already. */
function joinHeaders(headers: IncomingHttpHeaders): ResponseHeaders {
  for (const name in headers) {
    const value = headers[name];
    if (Array.isArray(value)) headers[name] = value.join(', ');
  }
  return headers as ResponseHeaders;
}

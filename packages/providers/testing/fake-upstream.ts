import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the upstream saw it. Header names are lower case. */
export interface RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  /** The body as JSON; null where it is none. */
  readonly body: unknown;
  /** Requests that were under way when it came, this one included. */
  readonly underWay: number;
}

export interface SeenAbort {
  readonly path: string;
  /** From the request's arrival to the caller's hang-up. */
  readonly afterMs: number;
  /** On the clock of `performance.now()`. */
  readonly atMs: number;
}

/** A real HTTP server on 127.0.0.1 that plays a provider. */
export interface FakeUpstream {
  readonly origin: string;
  /** What goes into a base URL field. */
  readonly baseUrl: string;
  readonly port: number;
  readonly requests: readonly RecordedRequest[];
  readonly aborts: readonly SeenAbort[];
  /** The next hang-up of a caller, or one that was seen already and not asked for. Rejects after the time. */
  waitForAbort(timeoutMs: number): Promise<SeenAbort>;
  close(): Promise<void>;
}

export type Play = (request: RecordedRequest, response: ServerResponse) => Promise<void>;

/** Starts a recording server; `play` answers. */
export async function startFakeUpstream(
  play: Play,
  options: { readonly basePath?: string; readonly port?: number } = {},
): Promise<FakeUpstream> {
  const requests: RecordedRequest[] = [];
  const aborts: SeenAbort[] = [];
  const unclaimed: SeenAbort[] = [];
  let underWay = 0;
  const waiting: ((abort: SeenAbort) => void)[] = [];

  const server = createServer((incoming, response) => {
    const startedAt = performance.now();
    response.socket?.setNoDelay(true);
    underWay += 1;
    response.on('close', () => {
      underWay -= 1;
      if (response.writableFinished || brokenOff.has(response)) return;
      const atMs = performance.now();
      const abort = { path: incoming.url ?? '', afterMs: atMs - startedAt, atMs };
      aborts.push(abort);
      const waiter = waiting.shift();
      if (waiter === undefined) unclaimed.push(abort);
      else waiter(abort);
    });
    record(incoming, underWay)
      .then((request) => {
        requests.push(request);
        return play(request, response);
      })
      .catch(() => response.destroy());
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  return {
    origin,
    baseUrl: `${origin}${options.basePath ?? ''}`,
    port,
    requests,
    aborts,
    waitForAbort(timeoutMs) {
      const seen = unclaimed.shift();
      if (seen !== undefined) return Promise.resolve(seen);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`No caller hung up within ${timeoutMs} ms.`)), timeoutMs);
        waiting.push((abort) => {
          clearTimeout(timer);
          resolve(abort);
        });
      });
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function record(incoming: IncomingMessage, underWay: number): Promise<RecordedRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  return { method: incoming.method ?? '', path: incoming.url ?? '', headers, bytes, body: parse(bytes), underWay };
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

const brokenOff = new WeakSet<ServerResponse>();

/** Cuts the connection as a dying server does. Not counted as the caller's hang-up. */
export function breakOff(response: ServerResponse): void {
  brokenOff.add(response);
  response.socket?.destroy();
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const contentType =
    typeof body === 'string' && !/^[[{"]/.test(body) ? (body.startsWith('<') ? 'text/html' : 'text/plain') : 'application/json';
  response.writeHead(status, { 'content-type': contentType, ...headers });
  response.end(text);
}

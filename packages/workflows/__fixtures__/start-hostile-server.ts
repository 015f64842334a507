import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Behaviour = (response: ServerResponse) => void;
const json = { 'content-type': 'application/json' };

/** What a server may do instead of answering, by the path that it is asked at. */
const behaviours = {
  html: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>'),
  redirect: (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  'no-json': (response) => response.writeHead(200, json).end('{"jsonrpc": "2.0", oops'),
  'other-id': (response) => response.writeHead(200, json).end('{"jsonrpc":"2.0","id":"7","result":{}}'),
  'no-version': (response) => response.writeHead(200, json).end('{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"1999-01-01"}}'),
  'rpc-error': (response) => response.writeHead(200, json).end('{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"words of theirs"}}'),
  unauthorized: (response) => response.writeHead(401).end('words of theirs'),
  missing: (response) => response.writeHead(404).end(),
  broken: (response) => response.writeHead(500).end('words of theirs'),
  busy: (response) => response.writeHead(429).end(),
  'old-sse': (response) => response.writeHead(405).end(),
  'cut-off': (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {"jsonrpc":"2.0"');
    setImmediate(() => response.destroy());
  },
  questions: (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let id = 0; id < 100; id += 1) response.write(`data: {"jsonrpc":"2.0","id":"q${id}","method":"ping"}\n\n`);
  },
  huge: (response) => {
    response.writeHead(200, json);
    const piece = Buffer.alloc(1024 * 1024, 0x20);
    const more = () => {
      while (!response.destroyed && response.write(piece)) {
        // Until the reader has had enough.
      }
    };
    response.on('drain', more);
    more();
  },
  'endless-event': (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: ');
    const piece = 'x'.repeat(256 * 1024);
    const more = () => {
      while (!response.destroyed && response.write(piece)) {
        // Until the reader has had enough.
      }
    };
    response.on('drain', more);
    more();
  },
  silent: () => undefined,
} as const satisfies Record<string, Behaviour>;

export type HostileBehaviour = keyof typeof behaviours;

export interface HostileServer {
  urlOf(behaviour: HostileBehaviour): string;
  close(): Promise<void>;
}

/** A server of somebody who means us harm, on loopback. */
export async function startHostileServer(): Promise<HostileServer> {
  const server = createServer((request, response) => {
    request.resume();
    response.on('error', () => undefined);
    const behaviour: Behaviour | undefined = behaviours[(request.url ?? '').slice(1) as HostileBehaviour];
    behaviour?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    urlOf: (behaviour) => `${origin}/${behaviour}`,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

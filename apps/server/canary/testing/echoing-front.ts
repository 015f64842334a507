import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeEvent, encodeException } from '@pipelines/providers/testing';
import type { Place } from './find-leaks.ts';

/** How the front answers. Each puts everything that it was sent, headers and body, into its answer. */
export const echoes = [
  ...[400, 401, 402, 403, 404, 409, 413, 422, 429, 500, 502, 503].map((status) => `status ${status}` as const),
  'plain text',
  'redirect',
  'html',
  'no choices',
  'error in 200',
  'string',
  'stream error',
  'broken off',
] as const;
export type Echo = (typeof echoes)[number];

/** Stands before a fake provider: passes on, or betrays what it was sent. */
export interface EchoingFront {
  readonly origin: string;
  /** What it was sent: the only places where a provider's secrets may be. */
  readonly received: readonly Place[];
  /** Null: pass on. */
  echo(mode: Echo | null): void;
  close(): Promise<void>;
}

/** @param target the origin of the fake provider behind it */
export async function startEchoingFront(name: string, target: string): Promise<EchoingFront> {
  const received: Place[] = [];
  let mode: Echo | null = null;
  const server = createServer((request, response) => {
    readAll(request)
      .then(async (body) => {
        const headers = request.rawHeaders.join('\n');
        received.push({ name: `request to ${name}`, bytes: Buffer.concat([Buffer.from(`${request.url}\n${headers}\n`), body]) });
        const authorization = request.headers.authorization ?? '';
        if (mode === null) await passOn(request, body, target, response);
        else betray(mode, `${authorization} ${authorization.replace(/^Bearer /, '')}\n${headers}\n${body}`, request, response);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    echo: (next) => {
      mode = next;
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function betray(mode: Echo, said: string, request: IncomingMessage, response: ServerResponse): void {
  const error = { message: said, type: said, param: said, code: said };
  const oneLine = Buffer.from(said)
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, ' ')
    .slice(0, 4_000);
  const headers = {
    'x-echo': oneLine,
    'www-authenticate': oneLine,
    'x-amzn-errortype': oneLine,
    'set-cookie': `echo=${encodeURIComponent(oneLine)}`,
  };
  const send = (status: number, type: string, body: string | Buffer, more: Record<string, string> = {}) =>
    response.writeHead(status, { ...headers, 'content-type': type, 'retry-after': '1', ...more }).end(body);
  const json = (status: number, body: unknown) => send(status, 'application/json', JSON.stringify(body));

  if (mode === 'broken off') return void response.socket?.destroy();
  if (mode === 'plain text') return void send(400, 'text/plain', said);
  if (mode === 'html') return void send(200, 'text/html', `<!doctype html><p>${said}</p>`);
  if (mode === 'redirect')
    return void send(302, 'text/plain', said, { location: `http://127.0.0.1:9/?key=${encodeURIComponent(oneLine)}` });
  if (mode === 'no choices') return void json(200, { id: said, object: 'chat.completion', model: said, choices: [], error: null });
  if (mode === 'error in 200') return void json(200, { error });
  if (mode === 'string') return void json(200, said);
  if (mode === 'stream error') return void betrayInStream(error, request, response);
  json(Number(mode.slice('status '.length)), { error, message: said, __type: said, detail: said });
}

/** A first word, and then the betrayal where there should be more. */
function betrayInStream(error: { readonly message: string }, request: IncomingMessage, response: ServerResponse): void {
  const isConverse = request.url?.includes('/model/') === true;
  response.writeHead(200, { 'content-type': isConverse ? 'application/vnd.amazon.eventstream' : 'text/event-stream' });
  if (isConverse) {
    response.write(encodeEvent('messageStart', { role: 'assistant' }));
    response.write(encodeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hello' } }));
    response.end(encodeException('modelStreamErrorException', error.message));
    return;
  }
  const chunk = {
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta: { role: 'assistant', content: 'Hello' } }],
  };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  response.end(`data: ${JSON.stringify({ error })}\n\n`);
}

async function passOn(request: IncomingMessage, body: Buffer, target: string, response: ServerResponse): Promise<void> {
  const { 'transfer-encoding': _, connection: __, 'content-length': ___, host, ...headers } = request.headers as Record<string, string>;
  // A signature covers the host that the product has called.
  const onward = send(target + request.url, {
    method: request.method ?? 'GET',
    headers: { ...headers, ...(host === undefined ? {} : { host }), 'content-length': body.length },
    setHost: false,
  });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  onward.end(body);
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PipelinesError, type Principal } from '@pipelines/contracts';
import type { AnswerSink } from '../answer-sink.ts';
import type { ChatInput } from '../complete-chat.ts';
import type { Gateway } from '../create-gateway.ts';
import { chatDialect } from '../dialects/chat/chat-dialect.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { dialects } from '../dialects/dialects.ts';
import { messagesDialect } from '../dialects/messages/messages-dialect.ts';

export interface ServedGateway {
  readonly url: string;
  /** Settles with each call: null, or what it was rejected with. */
  readonly outcomes: (unknown | null)[];
  close(): Promise<void>;
}

/** The gateway on a real HTTP server, for one principal, without anything around it. */
export async function serveGateway(
  gateway: Gateway,
  principal: () => Principal,
  wishes: () => Pick<ChatInput, 'fallbacks' | 'cache'>,
): Promise<ServedGateway> {
  const outcomes: (unknown | null)[] = [];
  let calls = 0;
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      calls += 1;
      const requestId = `req_${calls}`;
      const counts = request.url?.split('?')[0] === '/v1/messages/count_tokens';
      const dialect = counts ? messagesDialect : (dialects[request.url ?? ''] ?? chatDialect);
      const input = {
        ...wishes(),
        principal: principal(),
        apiKeyId: null,
        memberId: null,
        body: Buffer.concat(pieces),
        requestId,
        source: 'gateway' as const,
        headers: request.headers,
        dialect,
      };
      const answered = counts ? gateway.countTokens : gateway.completeChat;
      answered({ ...input, sink: sinkOf(response) }).then(
        () => outcomes.push(null),
        (error: unknown) => {
          outcomes.push(error);
          refuse(response, error, dialect, requestId);
        },
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, outcomes, close: () => closeServer(server) };
}

function sinkOf(response: ServerResponse): AnswerSink {
  return {
    get started() {
      return response.headersSent;
    },
    start: (status, headers) => void response.writeHead(status, headers).flushHeaders(),
    write: (bytes) => response.write(bytes),
    onDrain: (listener) => void response.on('drain', listener),
    end: (bytes) => void (bytes === undefined ? response.end() : response.end(bytes)),
    onClose: (listener) => void response.once('close', () => response.writableFinished || listener()),
  };
}

function refuse(response: ServerResponse, error: unknown, dialect: Dialect, requestId: string): void {
  if (response.headersSent || response.destroyed) return;
  const known = error instanceof PipelinesError ? error : new PipelinesError('internal_error');
  response.writeHead(known.status, {
    'content-type': 'application/json',
    ...(known.retryAfterSeconds !== null && { 'retry-after': String(known.retryAfterSeconds) }),
  });
  response.end(JSON.stringify(dialect.errorBody(known, requestId)));
}

function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}

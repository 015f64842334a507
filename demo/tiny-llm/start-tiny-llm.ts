import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerChat } from './answer-chat.ts';
import { ApiError } from './api-error.ts';
import { readChatRequest } from './chat-request.ts';
import { openEngine } from './open-engine.ts';
import { createAnswerWriter } from './write-answer.ts';

const MODEL_ID = 'tiny-chat';
const MAX_BODY_BYTES = 1_000_000;

/** How one accepted chat request ended. */
export interface TinyLlmOutcome {
  finishReason: 'stop' | 'length' | 'tool_calls' | 'cancelled';
}

export interface TinyLlmOptions {
  /** Default: a free port. Always on 127.0.0.1. */
  port?: number;
  /** When given, callers must send it as a bearer token. */
  apiKey?: string;
  /** Slows every answer down, so that streaming and cancelling can be watched. Default 0. */
  tokenDelayMs?: number;
  /** Called when a chat request has ended, also when its client went away. */
  onOutcome?: (outcome: TinyLlmOutcome) => void;
}

export interface TinyLlm {
  /** The base URL for an OpenAI client, ending in `/v1`. */
  url: string;
  /** Stops running answers, closes the port and frees the model. */
  close(): Promise<void>;
}

/** Starts an OpenAI-compatible server over the real model in this folder. Answers are written one at a time, in order of arrival. */
export async function startTinyLlm(options: TinyLlmOptions = {}): Promise<TinyLlm> {
  const engine = await openEngine();
  const closing = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();

  async function completeChat(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chat = readChatRequest(await readBody(request));
    if (chat.model !== MODEL_ID) {
      throw new ApiError(404, `The model \`${chat.model}\` does not exist.`, { code: 'model_not_found', param: 'model' });
    }
    const clientGone = new AbortController();
    response.once('close', () => clientGone.abort());
    const signal = AbortSignal.any([clientGone.signal, closing.signal]);
    const writer = createAnswerWriter(response, chat);
    const answered = turn.then(() => answerChat(engine, chat, writer, { signal, tokenDelayMs: options.tokenDelayMs ?? 0 }));
    turn = answered.catch(() => undefined);
    try {
      const answer = await answered;
      writer.finish(answer);
      options.onOutcome?.({ finishReason: answer.finishReason });
    } catch (error) {
      if (!signal.aborted) throw error;
      options.onOutcome?.({ finishReason: 'cancelled' });
      response.destroy();
    }
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (options.apiKey && request.headers.authorization !== `Bearer ${options.apiKey}`) {
      throw new ApiError(401, 'Incorrect API key provided.', { code: 'invalid_api_key' });
    }
    const path = request.url?.split('?')[0];
    if (request.method === 'GET' && path === '/v1/models') return sendJson(response, 200, listModels());
    if (request.method === 'POST' && path === '/v1/chat/completions') return completeChat(request, response);
    throw new ApiError(404, `Unknown route: ${request.method} ${path}`);
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => sendError(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      closing.abort();
      server.closeAllConnections();
      await Promise.all([closed, turn]);
      await engine.close();
    },
  };
}

function listModels() {
  return { object: 'list', data: [{ id: MODEL_ID, object: 'model', created: 0, owned_by: 'pipelines' }] };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new ApiError(413, `The request body is larger than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known = error instanceof ApiError ? error : new ApiError(500, 'The model failed while answering.');
  sendJson(response, known.status, known.toBody());
}

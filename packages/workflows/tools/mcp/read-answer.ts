import type { EgressResponse } from '@pipelines/egress';
import { createParser } from 'eventsource-parser';
import { ToolError } from '../tool-error.ts';

/** What a JSON-RPC request was answered with. An error's text is theirs: data. */
export type JsonRpcAnswer =
  | { readonly ok: true; readonly result: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: number; readonly message: string };

type Message = Readonly<Record<string, unknown>>;
/** Answers a question that the server puts to us meanwhile. */
type Reply = (message: Record<string, unknown>) => Promise<void>;

const maxEventBytes = 5 * 1024 * 1024;
/** A server that asks more while it owes an answer is not to be served. */
const maxQuestions = 20;

/** The answer to the request with this ID, from a JSON body or an event stream. @throws ToolError `not_mcp` */
export async function readAnswer(response: EgressResponse, id: number, reply: Reply): Promise<JsonRpcAnswer> {
  const type = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') {
    const answer = findAnswer(parseMessage(Buffer.from(await response.bytes()).toString('utf8')), id);
    if (answer === null) throw new ToolError('not_mcp');
    return answer;
  }
  if (type === 'text/event-stream') return readStream(response, id, reply);
  response.discard();
  throw new ToolError('not_mcp');
}

async function readStream(response: EgressResponse, id: number, reply: Reply): Promise<JsonRpcAnswer> {
  const arrived: string[] = [];
  const parser = createParser({
    maxBufferSize: maxEventBytes,
    onEvent: ({ data }) => void arrived.push(data),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw new ToolError('response_too_large');
    },
  });
  const decoder = new TextDecoder();
  let questions = 0;
  for await (const bytes of response.body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    for (const data of arrived.splice(0)) {
      if (data === '') continue;
      const message = parseMessage(data);
      const answer = findAnswer(message, id);
      if (answer !== null) return answer;
      const answered = answerQuestion(message);
      if (answered === null) continue;
      questions += 1;
      if (questions > maxQuestions) throw new ToolError('not_mcp');
      await reply(answered);
    }
  }
  throw new ToolError('connection_lost');
}

function parseMessage(text: string): Message {
  try {
    const message: unknown = JSON.parse(text);
    if (isRecord(message) && message.jsonrpc === '2.0') return message;
  } catch {
    // The parser's own message quotes the text.
  }
  throw new ToolError('not_mcp');
}

function findAnswer(message: Message, id: number): JsonRpcAnswer | null {
  if ('method' in message || message.id !== id) return null;
  if (isRecord(message.result)) return { ok: true, result: message.result };
  if (!isRecord(message.error)) throw new ToolError('not_mcp');
  const { code, message: text } = message.error;
  return { ok: false, code: typeof code === 'number' ? code : 0, message: typeof text === 'string' ? text : '' };
}

/** We are there, and offer nothing else. Null for what is no question. */
function answerQuestion({ id, method }: Message): Record<string, unknown> | null {
  if (typeof method !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) return null;
  if (method === 'ping') return { jsonrpc: '2.0', id, result: {} };
  return { jsonrpc: '2.0', id, error: { code: -32_601, message: 'Method not found' } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { ServerResponse } from 'node:http';
import { type AskedChat, type ChatScript, planAnswer } from './chat-script.ts';
import { toEmbeddingList } from './embeddings-answers.ts';
import { breakOff, type FakeUpstream, type RecordedRequest, sendJson, startFakeUpstream } from './fake-upstream.ts';
import { toChunks, toCompletion } from './openai-answers.ts';
import { type OpenAiDialect, type OpenAiVariant, openAiDialects } from './openai-dialects.ts';
import { type FakeError, fakeErrors } from './openai-errors.ts';
import { playScript } from './play-script.ts';
import { readAskedChat } from './read-asked-chat.ts';
import { toChatBody, toResponse, toResponseEvents } from './responses-answers.ts';
import { wait, writeStream } from './write-stream.ts';

export interface FakeOpenAiOptions {
  /** Which server it plays. Default `vllm`. */
  readonly variant?: OpenAiVariant;
  /** The one key that it takes; null: any caller. */
  readonly apiKey?: string | null;
  /** The models that it knows; null: any. */
  readonly models?: readonly string[] | null;
  /** `paused` and `asleep` are those of a HuggingFace endpoint; one asleep wakes when a caller lets it hold the request. */
  readonly state?: 'running' | 'paused' | 'asleep';
  /** Holds for every answer; what a script says goes before it. */
  readonly answer?: ChatScript;
  readonly port?: number;
}

export interface FakeOpenAi extends FakeUpstream {
  /** What the next calls get, one each, before the usual answer. */
  answerOnce(...scripts: readonly ChatScript[]): void;
  setState(state: NonNullable<FakeOpenAiOptions['state']>): void;
  /** What its list says of prices from now on, in its own words; undefined: nothing. Lists that are arrays tell $0.88 both ways at first. */
  setListedPrices(pricing: Readonly<Record<string, unknown>> | undefined): void;
}

/** A server of the OpenAI wire, with the manners of one of its known kinds. */
export async function startFakeOpenAi(options: FakeOpenAiOptions = {}): Promise<FakeOpenAi> {
  const dialect = openAiDialects[options.variant ?? 'vllm'];
  const scripts: ChatScript[] = [];
  let state = options.state ?? 'running';
  let pricing: Readonly<Record<string, unknown>> | undefined = dialect.list === 'array' ? { input: 0.88, output: 0.88 } : undefined;

  const upstream = await startFakeUpstream(
    async (request, response) => {
      const refusal = refuse(request, options, dialect, state);
      if (refusal !== null) return sendError(response, refusal);
      state = 'running';
      if (request.method === 'GET') return sendJson(response, 200, listModels(options, dialect, pricing));
      if (request.path.endsWith('/embeddings')) return embed(request, scripts.shift() ?? {}, response);
      if (request.path === responsesPath(dialect)) return respond(request, { ...options.answer, ...scripts.shift() }, dialect, response);
      const asked = readAskedChat(request.body, dialect);
      await answer(asked, { ...options.answer, ...scripts.shift() }, dialect, response);
    },
    { basePath: dialect.basePath, ...(options.port === undefined ? {} : { port: options.port }) },
  );

  return {
    ...upstream,
    answerOnce: (...once) => void scripts.push(...once),
    setState: (next) => {
      state = next;
    },
    setListedPrices: (next) => {
      pricing = next;
    },
  };
}

function refuse(request: RecordedRequest, options: FakeOpenAiOptions, dialect: OpenAiDialect, state: string): FakeError | null {
  const { apiKey = null, models = null } = options;
  if (apiKey !== null && request.headers.authorization !== `Bearer ${apiKey}`) return dialect.errors.bad_key;
  if (state === 'paused') return fakeErrors.huggingFacePaused;
  if (state === 'asleep' && request.headers['x-scale-up-timeout'] === undefined) return fakeErrors.huggingFaceAsleep;
  const paths = [`${dialect.basePath}/chat/completions`, `${dialect.basePath}/embeddings`, responsesPath(dialect)];
  const chat = request.method === 'POST' && paths.includes(request.path);
  if (!chat) return request.method === 'GET' && request.path === `${dialect.basePath}/models` ? null : dialect.errors.not_found;
  const body = (request.body ?? {}) as Record<string, unknown>;
  if (models !== null && !models.includes(String(body.model))) return dialect.errors.model_not_found;
  return request.path === paths[0] ? dialect.refuse(body) : null;
}

function listModels({ models }: FakeOpenAiOptions, dialect: OpenAiDialect, pricing?: Readonly<Record<string, unknown>>): unknown {
  const ids = models ?? ['example-model'];
  if (dialect.list === 'array') return ids.map((id) => ({ id, object: 'model', type: 'chat', context_length: 131_072, pricing }));
  return { object: 'list', data: ids.map((id) => ({ id, object: 'model', created: 1_760_000_000, owned_by: 'fake', pricing })) };
}

async function answer(asked: AskedChat, script: ChatScript, dialect: OpenAiDialect, response: ServerResponse): Promise<void> {
  if (script.hang === 'headers') return;
  await script.after;
  if (script.delayMs !== undefined) await wait(script.delayMs);
  if (script.status !== undefined || script.body !== undefined)
    return sendError(response, {
      status: script.status ?? 200,
      body: script.body ?? '',
      ...(script.headers ? { headers: script.headers } : {}),
    });
  const planned = planAnswer(asked, script);
  if (!asked.stream && script.rawStream === undefined) {
    if (script.breakAfterChunks !== undefined) return breakOff(response);
    return sendJson(response, 200, toCompletion(asked, planned, dialect), script.headers);
  }
  const events = toChunks(asked, planned, dialect).map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  if (dialect.comments) events.unshift(': OPENROUTER PROCESSING\n\n');
  if (script.omitDone !== true) events.push('data: [DONE]\n\n');
  await writeStream(response, 'text/event-stream', script.rawStream ?? events, script);
}

/** Only OpenAI itself speaks the Responses API here. */
function responsesPath({ basePath, responses }: OpenAiDialect): string | null {
  return responses === true ? `${basePath}/responses` : null;
}

function embed({ body }: RecordedRequest, script: ChatScript, response: ServerResponse): void {
  if (script.status === undefined) sendJson(response, 200, toEmbeddingList(body as Record<string, unknown>));
  else sendJson(response, script.status, script.body ?? '', script.headers);
}

async function respond(request: RecordedRequest, script: ChatScript, dialect: OpenAiDialect, response: ServerResponse): Promise<void> {
  const asked = readAskedChat(toChatBody(request.body), dialect);
  const planned = planAnswer(asked, script);
  await playScript(response, script, {
    stream: asked.stream,
    contentType: 'text/event-stream; charset=utf-8',
    pieces: () => toResponseEvents(asked.model, planned),
    whole: () => toResponse(asked.model, planned),
  });
}

function sendError(response: ServerResponse, error: FakeError): void {
  sendJson(response, error.status, error.body, error.headers);
}

import type { ServerResponse } from 'node:http';
import { type ChatScript, type PlannedAnswer, planAnswer } from './chat-script.ts';
import { checkCountBody, checkMessagesBody } from './check-messages-body.ts';
import { type FakeUpstream, type RecordedRequest, sendJson, startFakeUpstream } from './fake-upstream.ts';
import { encodeMessageEvent, toMessage, toMessageEvents } from './messages-answers.ts';
import { playScript, wholeAnswer } from './play-script.ts';
import { readAskedMessages } from './read-asked-messages.ts';

export interface FakeAnthropicOptions {
  /** The one key that it takes; null: any caller that sends one. */
  readonly apiKey?: string | null;
  /** The models that it knows; null: any. */
  readonly models?: readonly string[] | null;
  readonly answer?: ChatScript;
  /** What the model says to a body, over `answer`. */
  readonly react?: (body: unknown) => ChatScript;
  readonly port?: number;
}

export interface FakeAnthropic extends FakeUpstream {
  answerOnce(...scripts: readonly ChatScript[]): void;
}

/** Anthropic's API, strict: it checks the version, the body, the signatures of thoughts and what each family of models takes. */
export async function startFakeAnthropic(options: FakeAnthropicOptions = {}): Promise<FakeAnthropic> {
  const scripts: ChatScript[] = [];
  const upstream = await startFakeUpstream(
    async (request, response) => {
      const refusal = refuse(request, options);
      if (refusal !== null) return sendError(response, ...refusal);
      if (request.method === 'GET') return sendJson(response, 200, listModels(options));
      const asked = readAskedMessages(request.body);
      const script = { ...options.answer, ...options.react?.(request.body), ...scripts.shift() };
      const planned = planAnswer(asked, script);
      if (isCount(request)) return playScript(response, script, wholeAnswer(countOf(request, planned), { 'request-id': 'req_fake' }));
      await playScript(response, script, {
        stream: asked.stream,
        contentType: 'text/event-stream; charset=utf-8',
        pieces: () => toMessageEvents(asked.model, planned).map(encodeMessageEvent),
        whole: () => toMessage(asked.model, planned),
        headers: { 'request-id': 'req_fake' },
      });
    },
    { basePath: '/v1', ...(options.port === undefined ? {} : { port: options.port }) },
  );
  return { ...upstream, answerOnce: (...once) => void scripts.push(...once) };
}

/** Ours, and that of the official client. */
const versions = ['2023-06-01', '2026-10-21'];

type Refusal = readonly [status: number, type: string, message: string];

function refuse(request: RecordedRequest, { apiKey = null, models = null }: FakeAnthropicOptions): Refusal | null {
  // The official client of today sends the key as a bearer token.
  const key = request.headers['x-api-key'] ?? request.headers.authorization?.replace(/^Bearer /, '');
  if (key === undefined) return [401, 'authentication_error', 'x-api-key header is required'];
  if (apiKey !== null && key !== apiKey) return [401, 'authentication_error', 'invalid x-api-key'];
  if (!versions.includes(request.headers['anthropic-version'] ?? ''))
    return [400, 'invalid_request_error', 'anthropic-version: header is required'];
  const [path] = request.path.split('?');
  if (request.method === 'GET' && path === '/v1/models') return null;
  if (request.method !== 'POST' || (path !== '/v1/messages' && !isCount(request))) return [404, 'not_found_error', 'Not Found'];
  const model = String((request.body as { model?: unknown } | null)?.model);
  if (models !== null && !models.includes(model)) return [404, 'not_found_error', `model: ${model}`];
  const invalid = isCount(request) ? checkCountBody(request.body) : checkMessagesBody(request.body);
  return invalid === null ? null : [400, 'invalid_request_error', invalid];
}

function isCount({ path }: RecordedRequest): boolean {
  return path.split('?')[0] === '/v1/messages/count_tokens';
}

/** The beta tells of its context management besides. */
function countOf({ headers }: RecordedRequest, { promptTokens }: PlannedAnswer): unknown {
  const isBeta = headers['anthropic-beta']?.includes('token-counting') === true;
  return { input_tokens: promptTokens, ...(isBeta && { context_management: null }) };
}

function listModels({ models }: FakeAnthropicOptions): unknown {
  const ids = models ?? ['claude-sonnet-4-6'];
  const yes = { supported: true };
  const data = ids.map((id) => ({
    type: 'model',
    id,
    display_name: id,
    created_at: '2026-02-17T00:00:00Z',
    lifecycle: 'active',
    max_input_tokens: 1_000_000,
    max_tokens: 64_000,
    capabilities: { image_input: yes, structured_outputs: yes, thinking: yes },
  }));
  return { data, has_more: false, first_id: ids[0] ?? null, last_id: ids.at(-1) ?? null };
}

function sendError(response: ServerResponse, status: number, type: string, message: string): void {
  sendJson(response, status, { type: 'error', error: { type, message }, request_id: 'req_fake' }, { 'request-id': 'req_fake' });
}

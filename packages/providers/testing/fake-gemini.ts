import type { ServerResponse } from 'node:http';
import { type ChatScript, planAnswer } from './chat-script.ts';
import { checkCountBody, checkGenerateBody } from './check-generate-body.ts';
import { vectorOf } from './embeddings-answers.ts';
import { type FakeUpstream, type RecordedRequest, sendJson, startFakeUpstream } from './fake-upstream.ts';
import { fields } from './fields.ts';
import { encodeGeneratedEvent, toGenerated, toGeneratedEvents } from './generate-answers.ts';
import { playScript, wholeAnswer } from './play-script.ts';
import { readAskedGenerate } from './read-asked-generate.ts';

export interface FakeGeminiOptions {
  /** The one key that it takes; null: any caller that sends one. */
  readonly apiKey?: string | null;
  /** The models that it knows, by their short names; null: any. */
  readonly models?: readonly string[] | null;
  readonly answer?: ChatScript;
  /** What the model says to a body, over `answer`. */
  readonly react?: (body: unknown) => ChatScript;
  readonly port?: number;
}

export interface FakeGemini extends FakeUpstream {
  answerOnce(...scripts: readonly ChatScript[]): void;
}

/** Google's Gemini API, strict: it checks the body, the order of calls and results, signatures, and what each family takes. */
export async function startFakeGemini(options: FakeGeminiOptions = {}): Promise<FakeGemini> {
  const scripts: ChatScript[] = [];
  const upstream = await startFakeUpstream(
    async (request, response) => {
      const refusal = authenticate(request, options);
      if (refusal !== null) return sendError(response, refusal);
      const path = request.path.split('?')[0] ?? '';
      if (request.method === 'GET' && path === '/v1beta/models') return sendJson(response, 200, listModels(options));
      if (request.method === 'POST' && path.endsWith(':batchEmbedContents')) return sendJson(response, 200, embed(request));
      const match = /^\/v1beta\/models\/([^/:]+):(generateContent|streamGenerateContent|countTokens)$/.exec(path);
      const stream = match?.[2] === 'streamGenerateContent';
      if (match === null || request.method !== 'POST' || (stream && !request.path.endsWith('?alt=sse'))) {
        return sendJson(response, 404, '<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>');
      }
      const model = decodeURIComponent(match[1] ?? '');
      const counts = match[2] === 'countTokens';
      const invalid = checkModel(model, options) ?? checkBody(request, model, counts ? checkCountBody : checkGenerateBody);
      if (invalid !== null) return sendError(response, invalid);
      const script = { ...options.answer, ...options.react?.(request.body), ...scripts.shift() };
      if (counts) return playScript(response, script, wholeAnswer(countOf(request.body, model)));
      const planned = planAnswer(readAskedGenerate(request.body, model, stream), script);
      await playScript(response, script, {
        stream,
        contentType: 'text/event-stream',
        pieces: () => toGeneratedEvents(model, planned).map(encodeGeneratedEvent),
        whole: () => toGenerated(model, planned),
      });
    },
    { basePath: '/v1beta', ...(options.port === undefined ? {} : { port: options.port }) },
  );
  return { ...upstream, answerOnce: (...once) => void scripts.push(...once) };
}

function countOf(body: unknown, model: string): unknown {
  const { generateContentRequest: request } = fields(body);
  const { promptTokens } = readAskedGenerate(request ?? body, model, false);
  return { totalTokens: promptTokens, promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokens }] };
}

/** Google tells no counts with a batch. */
function embed({ body }: RecordedRequest): unknown {
  const { requests } = body as { requests: { content: { parts: { text: string }[] } }[] };
  return { embeddings: requests.map(({ content }) => ({ values: vectorOf(content.parts[0]?.text) })) };
}

interface GoogleError {
  readonly code: number;
  readonly status: string;
  readonly message: string;
  readonly reason?: string;
}

function authenticate({ headers }: RecordedRequest, { apiKey = null }: FakeGeminiOptions): GoogleError | null {
  const key = headers['x-goog-api-key'];
  if (key === undefined) {
    const message = "Method doesn't allow unregistered callers (callers without established identity). Please use API Key.";
    return { code: 403, status: 'PERMISSION_DENIED', message };
  }
  if (apiKey === null || key === apiKey) return null;
  const message = 'API key not valid. Please pass a valid API key.';
  return { code: 400, status: 'INVALID_ARGUMENT', message, reason: 'API_KEY_INVALID' };
}

function checkModel(model: string, { models = null }: FakeGeminiOptions): GoogleError | null {
  if (models === null || models.includes(model)) return null;
  const message = `models/${model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`;
  return { code: 404, status: 'NOT_FOUND', message };
}

function checkBody({ body }: RecordedRequest, model: string, check: typeof checkGenerateBody): GoogleError | null {
  const message = check(body, model);
  return message === null ? null : { code: 400, status: 'INVALID_ARGUMENT', message };
}

function listModels({ models }: FakeGeminiOptions): unknown {
  const listed = (models ?? ['gemini-2.5-flash']).map((id) => ({
    name: `models/${id}`,
    displayName: id,
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ['generateContent', 'countTokens'],
    thinking: true,
  }));
  return { models: [...listed, { name: 'models/gemini-embedding-001', supportedGenerationMethods: ['embedContent'] }] };
}

function sendError(response: ServerResponse, { code, status, message, reason }: GoogleError): void {
  const details = reason === undefined ? [] : [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' }];
  sendJson(response, code, { error: { code, message, status, details } });
}

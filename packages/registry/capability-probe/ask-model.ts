import { type ChatCompletion, type ChatRequest, PipelinesError, type TokenUsage, type ToolCall } from '@pipelines/contracts';
import { type AdapterTarget, adapters, parseJsonBody, presetOf, UpstreamError } from '@pipelines/providers';
import { meterCall, type TriedConnection } from '../connection-test/meter-call.ts';
import { sendRequest } from '../connection-test/send-request.ts';
import type { RegistryContext } from '../registry-context.ts';
import { readStreamed } from './read-streamed.ts';

/** What one call has brought: an answer, or why there is none. */
export interface AskedModel {
  readonly request: Omit<ChatRequest, 'model'>;
  readonly error: UpstreamError | null;
  readonly text: string;
  readonly thinking: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: string | null;
  readonly usage: TokenUsage | null;
  readonly cost: string | null;
}

/** Asks the model one thing. `target` changes how the wire is spoken for this one call. */
export type Ask = (request: Omit<ChatRequest, 'model'>, target?: Partial<AdapterTarget>) => Promise<AskedModel>;

const maxResponseBytes = 4 * 1024 * 1024;

/** @param deadlineMs on the clock of `performance.now()`: when the whole probe must be over */
export function createAsk(
  context: Pick<RegistryContext, 'egress' | 'meter'>,
  tried: TriedConnection,
  deadlineMs: number,
  signal: AbortSignal,
): Ask {
  return async (request, change = {}) => {
    const target = { ...tried.target, ...change };
    try {
      const { result, cost } = await callModel(context, { ...tried, target }, request, deadlineMs - performance.now(), signal);
      return { request, error: null, ...result, cost };
    } catch (error) {
      if (signal.aborted) throw new PipelinesError('client_closed_request');
      if (!(error instanceof UpstreamError)) throw error;
      return { request, error, ...nothing };
    }
  };
}

const nothing = { text: '', thinking: '', toolCalls: [], finishReason: null, usage: null, cost: null };

function callModel(
  context: Pick<RegistryContext, 'egress' | 'meter'>,
  tried: TriedConnection,
  request: Omit<ChatRequest, 'model'>,
  restMs: number,
  signal: AbortSignal,
) {
  const { provider, target, principal, credential } = tried;
  const { protocol, connectionTest } = presetOf(provider);
  const adapter = adapters[protocol];
  const stream = request.stream === true;
  const body = parseJsonBody<ChatRequest>(Buffer.from(JSON.stringify({ model: target.providerModelId, ...request })));
  return meterCall(context, tried, { source: 'probe', stream, request: body.value }, async (note) => {
    const prepared = adapter.prepare({ target, body, stream });
    const firstByteMs = connectionTest.headersTimeoutMs;
    const exchange = {
      egress: context.egress,
      organizationId: principal.organizationId,
      signal,
      timeouts: { connectMs: 10_000, firstByteMs, idleMs: firstByteMs, totalMs: Math.max(1, restMs) },
      maxResponseBytes,
      purpose: 'probe',
    } as const;
    if (stream) return readStreamed(prepared, credential, exchange, adapter, target, note);
    const response = await sendRequest(prepared, credential, exchange);
    note({ httpStatus: response.status });
    if (response.status < 200 || response.status > 299) throw adapter.classify(response, target);
    const { completion, usage, finishReason } = adapter.readAnswer(response, target);
    note({ usage, finishReason });
    return { ...readMessage(completion), usage, finishReason };
  });
}

function readMessage({ choices }: ChatCompletion) {
  const message = choices[0]?.message;
  const content = message?.content;
  return {
    text: typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join(''),
    thinking: message?.reasoning || message?.reasoning_content || '',
    toolCalls: message?.tool_calls ?? [],
  };
}

import { type ChatRequest, PipelinesError, type TokenUsage } from '@pipelines/contracts';
import {
  type AdapterTarget,
  adapters,
  type PreparedRequest,
  type ProviderAdapter,
  parseJsonBody,
  presetOf,
  type Quirks,
  type RawResponse,
  UpstreamError,
} from '@pipelines/providers';
import type { RegistryContext } from '../registry-context.ts';
import { meterCall, type TriedConnection } from './meter-call.ts';
import { sendRequest } from './send-request.ts';

/** The smallest answer that every provider takes. */
const safeMaxTokens = 16;
const maxCalls = 3;
const maxResponseBytes = 4 * 1024 * 1024;

/** What the live call has shown. */
export interface Verdict {
  /** Null: passed. */
  readonly error: UpstreamError | null;
  readonly latencyMs: number;
  readonly reply: string | null;
  readonly usage: TokenUsage | null;
  /** Facts of the wire that the call met and later calls need. */
  readonly quirks: Quirks;
}

type Context = Pick<RegistryContext, 'egress' | 'meter'>;

/**
 * Makes the smallest live call for the model's task, by the adapter and the egress of a real one. Where the provider
 * refuses the size or the name of the answer's limit, it is asked once more in the other way.
 *
 * @throws PipelinesError `client_closed_request` when the caller goes away
 */
export async function probeConnection(context: Context, probe: TriedConnection, signal: AbortSignal): Promise<Verdict> {
  const deadlineMs = performance.now() + presetOf(probe.provider).connectionTest.totalTimeoutMs;
  const startedMs = performance.now();
  const since = () => Math.round(performance.now() - startedMs);
  let maxTokens = probe.target.quirks.minMaxTokens ?? 1;
  let quirks: Quirks = {};
  for (let call = 1; ; call += 1) {
    const target = { ...probe.target, quirks: { ...probe.target.quirks, ...quirks } };
    try {
      const answer = await callOnce(context, { ...probe, target }, maxTokens, Math.max(1, deadlineMs - performance.now()), signal);
      return { error: null, latencyMs: since(), reply: answer.reply, usage: answer.usage, quirks };
    } catch (error) {
      if (signal.aborted) throw new PipelinesError('client_closed_request');
      if (!(error instanceof UpstreamError)) throw error;
      const renamed = error.reason === 'bad_request' && error.detail === 'max_tokens' && quirks.maxTokensField === undefined;
      const tooSmall = error.reason === 'bad_request' && maxTokens < safeMaxTokens;
      if (call >= maxCalls || !(renamed || tooSmall)) return { error, latencyMs: since(), reply: null, usage: null, quirks };
      if (renamed) quirks = { maxTokensField: otherField(target.quirks) };
      else maxTokens = safeMaxTokens;
    }
  }
}

async function callOnce(
  context: Context,
  probe: TriedConnection,
  maxTokens: number,
  totalMs: number,
  signal: AbortSignal,
): Promise<PingAnswer> {
  const { provider, target, principal } = probe;
  const { protocol, connectionTest } = presetOf(provider);
  const adapter = adapters[protocol];
  const { result } = await meterCall(
    context,
    probe,
    { source: 'connection_test', stream: false, request: { messages: ping } },
    async (note) => {
      const { prepared, read } = probe.task === 'embeddings' ? embedPing(adapter, target) : chatPing(adapter, target, maxTokens);
      const response = await sendRequest({ ...prepared, headers: { ...prepared.headers, ...connectionTest.headers } }, probe.credential, {
        egress: context.egress,
        organizationId: principal.organizationId,
        signal,
        timeouts: { connectMs: 10_000, firstByteMs: connectionTest.headersTimeoutMs, idleMs: connectionTest.headersTimeoutMs, totalMs },
        maxResponseBytes,
        purpose: 'connection_test',
      });
      note({ httpStatus: response.status });
      if (response.status < 200 || response.status > 299) throw adapter.classify(response, target);
      const answer = read(response);
      note({ finishReason: answer.finishReason, usage: answer.usage });
      return answer;
    },
  );
  return result;
}

const ping: ChatRequest['messages'] = [{ role: 'user', content: 'ping' }];

function pingBody(model: string, maxTokens: number): Uint8Array {
  return Buffer.from(JSON.stringify({ model, messages: ping, max_tokens: maxTokens, stream: false }));
}

function otherField(quirks: Quirks): 'max_tokens' | 'max_completion_tokens' {
  return quirks.maxTokensField === 'max_completion_tokens' ? 'max_tokens' : 'max_completion_tokens';
}

interface PingAnswer {
  readonly reply: string | null;
  readonly usage: TokenUsage | null;
  readonly finishReason: string | null;
}

interface Ping {
  readonly prepared: PreparedRequest;
  read(response: RawResponse): PingAnswer;
}

function chatPing(adapter: ProviderAdapter, target: AdapterTarget, maxTokens: number): Ping {
  const body = parseJsonBody<ChatRequest>(pingBody(target.providerModelId, maxTokens));
  return {
    prepared: adapter.prepare({ target, body, stream: false }),
    read(response) {
      const { completion, usage, finishReason } = adapter.readAnswer(response, target);
      const content = completion.choices[0]?.message.content;
      const text = typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
      return { reply: text.trim() === '' ? null : text, usage, finishReason };
    },
  };
}

/** A vector is nothing to show, so there is no reply. */
function embedPing(adapter: ProviderAdapter, target: AdapterTarget): Ping {
  const wire = adapter.native?.('embeddings', target) ?? null;
  if (wire === null) throw new UpstreamError('feature_unsupported', { detail: 'embeddings' });
  const body = parseJsonBody<Readonly<Record<string, unknown>>>(
    Buffer.from(JSON.stringify({ model: target.providerModelId, input: 'ping' })),
  );
  const call = { target, body, stream: false, headers: {} };
  return { prepared: wire.prepare(call), read: (response) => ({ reply: null, ...wire.readAnswer(response, target, call) }) };
}

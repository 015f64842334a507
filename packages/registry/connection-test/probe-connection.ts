import { type ChatRequest, PipelinesError, type TokenUsage } from '@pipelines/contracts';
import { adapters, parseJsonBody, presetOf, type Quirks, type ReadAnswer, UpstreamError } from '@pipelines/providers';
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
 * Makes the smallest live chat call, by the adapter and the egress of a real one. Where the provider
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
      return { error: null, latencyMs: since(), reply: replyOf(answer), usage: answer.usage, quirks };
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
): Promise<ReadAnswer> {
  const { provider, target, principal } = probe;
  const { protocol, connectionTest } = presetOf(provider);
  const adapter = adapters[protocol];
  const { result } = await meterCall(
    context,
    probe,
    { source: 'connection_test', stream: false, request: { messages: ping } },
    async (note) => {
      const prepared = adapter.prepare({
        target,
        body: parseJsonBody<ChatRequest>(pingBody(target.providerModelId, maxTokens)),
        stream: false,
      });
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
      const answer = adapter.readAnswer(response, target);
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

function replyOf({ completion }: ReadAnswer): string | null {
  const content = completion.choices[0]?.message.content;
  const text = typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
  return text.trim() === '' ? null : text;
}

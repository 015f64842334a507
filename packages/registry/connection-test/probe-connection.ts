import {
  type AttemptEnd,
  type ChatRequest,
  type ModelKind,
  PipelinesError,
  type Principal,
  type ProviderId,
  type TokenUsage,
  type UnitPrices,
} from '@pipelines/contracts';
import {
  type AdapterTarget,
  adapters,
  type OpenCredential,
  parseJsonBody,
  presetOf,
  type Quirks,
  type ReadAnswer,
  UpstreamError,
} from '@pipelines/providers';
import type { RegistryContext } from '../registry-context.ts';
import { sendRequest } from './send-request.ts';

/** The smallest answer that every provider takes. */
const safeMaxTokens = 16;
const maxCalls = 3;
const maxResponseBytes = 4 * 1024 * 1024;

/** One connection to be tried, and whose it is. */
export interface Probe {
  readonly principal: Principal;
  readonly requestId: string;
  readonly provider: ProviderId;
  readonly target: AdapterTarget;
  readonly credential: OpenCredential;
  /** What the log names the call by: nothing yet where the model is still to be saved. */
  readonly model: { readonly slug: string; readonly kind: ModelKind; readonly prices: UnitPrices } | null;
  readonly credentialId: string | null;
}

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
export async function probeConnection(context: Context, probe: Probe, signal: AbortSignal): Promise<Verdict> {
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

async function callOnce(context: Context, probe: Probe, maxTokens: number, totalMs: number, signal: AbortSignal): Promise<ReadAnswer> {
  const { provider, target, principal, model } = probe;
  const { protocol, connectionTest } = presetOf(provider);
  const adapter = adapters[protocol];
  const record = context.meter.begin({
    organizationId: principal.organizationId,
    requestId: probe.requestId,
    source: 'connection_test',
    slug: model?.slug ?? null,
    kind: model?.kind ?? null,
    provider,
    providerModelId: target.providerModelId,
    credentialId: probe.credentialId,
    apiKeyId: principal.actor.type === 'api_key' ? principal.actor.id : null,
    memberId: principal.actor.type === 'member' ? principal.actor.id : null,
    stream: false,
    prices: model?.prices ?? { input: null, output: null, cacheRead: null, cacheWrite: null },
  });
  const startedMs = performance.now();
  let end: Omit<AttemptEnd, 'latencyMs'> = {
    status: 'failed',
    httpStatus: null,
    cause: null,
    finishReason: null,
    usage: null,
    firstByteMs: null,
  };
  try {
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
    end = { ...end, httpStatus: response.status };
    if (response.status < 200 || response.status > 299) throw adapter.classify(response, target);
    const answer = adapter.readAnswer(response, target);
    end = { ...end, status: 'succeeded', finishReason: answer.finishReason, usage: answer.usage };
    return answer;
  } catch (error) {
    const cause = error instanceof UpstreamError ? error.reason : null;
    end = { ...end, status: cause === 'canceled' ? 'canceled' : 'failed', cause };
    throw error;
  } finally {
    record.end({ ...end, latencyMs: Math.round(performance.now() - startedMs) });
  }
}

function pingBody(model: string, maxTokens: number): Uint8Array {
  return Buffer.from(JSON.stringify({ model, messages: [{ role: 'user', content: 'ping' }], max_tokens: maxTokens, stream: false }));
}

function otherField(quirks: Quirks): 'max_tokens' | 'max_completion_tokens' {
  return quirks.maxTokensField === 'max_completion_tokens' ? 'max_tokens' : 'max_completion_tokens';
}

function replyOf({ completion }: ReadAnswer): string | null {
  const content = completion.choices[0]?.message.content;
  const text = typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
  return text.trim() === '' ? null : text;
}

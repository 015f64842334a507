import type { AttemptEnd, AttemptSource, ChatRequest, ModelKind, ModelTask, Principal, ProviderId, UnitPrices } from '@pipelines/contracts';
import { type AdapterTarget, countImages, type OpenCredential, UpstreamError } from '@pipelines/providers';
import type { RegistryContext } from '../registry-context.ts';

/** One connection to be tried, and whose it is. */
export interface TriedConnection {
  readonly principal: Principal;
  readonly requestId: string;
  readonly provider: ProviderId;
  readonly target: AdapterTarget;
  /** What it is called for. Left out: `chat`. */
  readonly task?: ModelTask;
  readonly credential: OpenCredential;
  /** What the log names the call by: nothing yet where the model is still to be saved. */
  readonly model: { readonly slug: string; readonly kind: ModelKind; readonly prices: UnitPrices } | null;
  readonly credentialId: string | null;
}

export type CallEnd = Omit<AttemptEnd, 'latencyMs' | 'status' | 'cause'>;

export interface MeteredCall<Result> {
  readonly result: Result;
  /** USD; null where a price or the usage is unknown. */
  readonly cost: string | null;
}

/**
 * Takes a call of ours down in the log, however it ends. `run` notes what it gets to know on the way.
 * @throws whatever `run` throws
 */
export async function meterCall<Result>(
  { meter }: Pick<RegistryContext, 'meter'>,
  { principal, requestId, provider, target, model, credentialId }: TriedConnection,
  {
    source,
    stream,
    request,
  }: { readonly source: AttemptSource; readonly stream: boolean; readonly request: Pick<ChatRequest, 'messages'> },
  run: (note: (part: Partial<CallEnd>) => void) => Promise<Result>,
): Promise<MeteredCall<Result>> {
  const record = meter.begin({
    organizationId: principal.organizationId,
    requestId,
    source,
    slug: model?.slug ?? null,
    kind: model?.kind ?? null,
    provider,
    providerModelId: target.providerModelId,
    credentialId,
    apiKeyId: principal.actor.type === 'api_key' ? principal.actor.id : null,
    memberId: principal.actor.type === 'member' ? principal.actor.id : null,
    stream,
    images: model?.prices.image == null ? null : countImages(request),
    prices: model?.prices ?? { input: null, output: null, cacheRead: null, cacheWrite: null },
  });
  const startedMs = performance.now();
  const since = () => Math.round(performance.now() - startedMs);
  let known: CallEnd = { httpStatus: null, finishReason: null, usage: null, firstByteMs: null };
  try {
    const result = await run((part) => {
      known = { ...known, ...part };
    });
    return { result, ...record.end({ ...known, status: 'succeeded', cause: null, latencyMs: since() }) };
  } catch (error) {
    const cause = error instanceof UpstreamError ? error.reason : null;
    record.end({ ...known, status: cause === 'canceled' ? 'canceled' : 'failed', cause, latencyMs: since() });
    throw error;
  }
}

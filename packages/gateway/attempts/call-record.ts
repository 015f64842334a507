import type { AttemptRecord, AttemptStatus, TokenUsage, UpstreamCause } from '@pipelines/contracts';
import { hideSecrets } from '@pipelines/registry';
import { expectTokens } from '../expect-tokens.ts';
import { type AttemptFailure, mayBeCharged } from './attempt-failure.ts';
import type { AttemptDoors, ChatCall } from './chat-call.ts';

export interface CallOutcome {
  readonly status: AttemptStatus;
  readonly httpStatus: number | null;
  readonly cause?: UpstreamCause | null;
  readonly finishReason?: string | null;
  readonly usage?: TokenUsage | null;
  /** Known to cost nothing: it never went out, or was refused. */
  readonly free?: boolean;
}

/** The clock and the row of one attempt. Ends once, whoever ends it first. */
export class CallRecord {
  readonly #doors: AttemptDoors;
  readonly #call: ChatCall;
  readonly #record: AttemptRecord;
  readonly #startedMs = performance.now();
  #connectMs: number | null = null;
  #firstByteMs: number | null = null;
  #ended = false;

  /** @param held whether it is written down with `writeHeld` only, right before the call goes out */
  constructor(doors: AttemptDoors, call: ChatCall, held = false) {
    const { asked, model, admitted, readySinceMs } = call.options;
    const { principal, requestId, source, apiKeyId, memberId } = asked;
    this.#doors = doors;
    this.#call = call;
    this.#record = doors.meter.begin({
      organizationId: principal.organizationId,
      requestId,
      source,
      slug: model.slug,
      kind: model.kind,
      provider: model.provider,
      providerModelId: model.target.providerModelId,
      credentialId: model.credentialId,
      apiKeyId,
      memberId,
      stream: call.stream,
      images: call.images,
      prices: model.prices,
      queueMs: this.#startedMs - readySinceMs,
      changes: changesOf(call),
      reservedCost: admitted.reservedCost,
      ...(admitted.reservedCost === null && { expectedTokens: expectTokens(call.options.request, model) }),
      held,
    });
    call.options.content?.addAttempt(this.#record.attemptId, call.prepared.body, (text) => hideCredential(call, text));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** @param connectMs how long the request waited for its connection; null: it has none yet */
  noteConnection(connectMs: number | null): void {
    this.#connectMs ??= connectMs;
  }

  noteFirstByte(): void {
    this.#firstByteMs ??= performance.now() - this.#startedMs;
  }

  /** Writes down that there is no answer, and why. */
  fail(failure: AttemptFailure, httpStatus: number | null): void {
    const charged = mayBeCharged(failure, httpStatus);
    if (this.#call.callerGone) this.end({ status: 'canceled', httpStatus, cause: 'canceled', free: !charged });
    else this.end({ status: charged ? 'incomplete' : 'failed', httpStatus, cause: failure.cause });
  }

  /** Writes down how it ended, and answers the cost in USD where it is known. Later calls change nothing. */
  end({ status, httpStatus, cause = null, finishReason = null, usage = null, free = false }: CallOutcome): string | null {
    if (this.#ended) return null;
    this.#ended = true;
    const latencyMs = performance.now() - this.#startedMs;
    const times = { latencyMs, connectMs: this.#connectMs, firstByteMs: this.#firstByteMs };
    const { cost } = this.#record.end({ status, httpStatus, cause, finishReason, usage, free, ...times });
    this.#call.options.admitted.settle({ usage, cost, free: free || (status === 'failed' && cost === null) });
    if (status === 'succeeded') this.#call.options.model.trial?.worked();
    else this.#log(status, cause, latencyMs);
    return cost;
  }

  /** Successes are rows of the log; saying each here too would cost more than it tells. */
  #log(status: AttemptStatus, cause: UpstreamCause | null, latencyMs: number): void {
    const { asked, model } = this.#call.options;
    const { principal, requestId } = asked;
    this.#doors.log({
      event: 'attempt_finished',
      requestId,
      attemptId: this.#record.attemptId,
      organizationId: principal.organizationId,
      slug: model.slug,
      provider: model.provider,
      status,
      cause,
      latencyMs: Math.round(latencyMs),
    });
  }
}

const usageAsked = 'stream_options: usage asked for, and taken out of the answer again';
const onlyUsageAsked: readonly string[] = [usageAsked];

/** What the provider got otherwise than the caller sent it, the part included that the caller never sees. */
function changesOf({ changes, stream, askedUsage, options }: ChatCall): readonly string[] {
  if (!stream || askedUsage || !options.adapter.passThrough) return changes;
  return changes.length === 0 ? onlyUsageAsked : [...changes, usageAsked];
}

/** A provider may say back what it was authorised with. */
async function hideCredential({ options }: ChatCall, text: string): Promise<string> {
  return hideSecrets(await options.model.credential(), text);
}

import { type AttemptSource, type CallAdmission, PipelinesError, type Principal } from '@pipelines/contracts';
import { adapters } from '@pipelines/providers';
import type { Registry } from '@pipelines/registry';
import type { AnswerSink } from './answer-sink.ts';
import type { AttemptFailure } from './attempts/attempt-failure.ts';
import { type AttemptDoors, ChatCall } from './attempts/chat-call.ts';
import { passThrough } from './attempts/pass-through.ts';
import { translate } from './attempts/translate.ts';
import { checkCapabilities } from './check-capabilities.ts';
import { checkModelAccess } from './check-model-access.ts';
import { estimateSize } from './estimate-size.ts';
import { mapUpstreamError } from './map-upstream-error.ts';
import { readChatRequest } from './read-chat-request.ts';
import { waitBeforeRetry } from './retry-policy.ts';

export interface ChatInput {
  readonly principal: Principal;
  /** For the log: which key, or which member in the playground, asked. */
  readonly apiKeyId: string | null;
  readonly memberId: string | null;
  /** The request's body as received. */
  readonly body: Uint8Array;
  readonly requestId: string;
  readonly source: AttemptSource;
  readonly sink: AnswerSink;
  /** Sent along as `Idempotency-Key`, for providers that know it. */
  readonly idempotencyKey?: string;
}

export interface ChatDoors extends AttemptDoors {
  readonly registry: Pick<Registry, 'resolve'>;
  readonly admission: CallAdmission;
}

/**
 * A chat call: resolve the model, check what is asked of it and what its limits leave, attempt it, and meter each
 * attempt. Until the first byte of the answer an attempt may be repeated; from then on the answer is the caller's, errors included.
 */
export async function completeChat(doors: ChatDoors, { body: bytes, ...input }: ChatInput): Promise<void> {
  const receivedMs = performance.now();
  const body = readChatRequest(bytes);
  const model = checkModelAccess(doors.registry, input.principal, body.value.model);
  checkCapabilities(model, body.value);
  const asked = doors.admission.admit({
    organizationId: input.principal.organizationId,
    apiKeyId: input.apiKeyId,
    memberId: input.memberId,
    slug: model.slug,
    prices: model.prices,
    size: () => estimateSize(body, model),
  });
  // Hardly ever a promise: only then is there something to wait for.
  const admitted = asked instanceof Promise ? await asked : asked;
  try {
    const adapter = adapters[model.protocol];
    await attemptUntilAnswered(doors, new ChatCall({ ...input, model, adapter, body, admitted }, receivedMs));
  } finally {
    admitted.end();
  }
}

async function attemptUntilAnswered(doors: ChatDoors, call: ChatCall): Promise<void> {
  const { adapter, model } = call.options;
  for (;;) {
    call.attempts += 1;
    const failure = await (adapter.passThrough ? passThrough(doors, call) : translate(doors, call));
    if (failure === null) return;
    if (returnsToKeptSecret(failure, call)) continue;
    const again = await waitBeforeRetry(failure, call);
    if (call.callerGone) throw new PipelinesError('client_closed_request');
    if (!again) throw mapUpstreamError(failure, model);
    call.readySinceMs = performance.now();
  }
}

/** A new secret that its provider refuses makes room for the one before, and the call is made again with that: once. */
function returnsToKeptSecret({ cause }: AttemptFailure, { attempts, callerGone, options: { model } }: ChatCall): boolean {
  if (model.trial === null || attempts > 1 || callerGone || (cause !== 'bad_key' && cause !== 'expired_key')) return false;
  model.trial.refused();
  return model.trial.isReturned;
}

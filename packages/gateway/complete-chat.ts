import {
  type AttemptSource,
  type CallAdmission,
  type ContentDraft,
  type ContentKeeper,
  PipelinesError,
  type Principal,
} from '@pipelines/contracts';
import { adapters } from '@pipelines/providers';
import type { Registry } from '@pipelines/registry';
import type { AnswerSink } from './answer-sink.ts';
import { attemptRoute } from './attempts/attempt-route.ts';
import { Caller } from './attempts/caller.ts';
import { type AttemptDoors, ChatCall } from './attempts/chat-call.ts';
import type { CacheDoors, CacheWish } from './cache/cacheable-call.ts';
import { openCachedCall } from './cache/open-cached-call.ts';
import { checkCapabilities } from './check-capabilities.ts';
import { checkModelAccess } from './check-model-access.ts';
import { checkTask } from './check-task.ts';
import { chatDialect } from './dialects/chat/chat-dialect.ts';
import type { CallerHeaders, Dialect } from './dialects/dialect.ts';
import { dropUnsupported } from './drop-unsupported.ts';
import { HeldCall } from './held-call.ts';
import type { ImageDoors } from './images/fetch-image.ts';
import { inlineImages, needsInlining } from './images/inline-images.ts';
import { checkFallbacks } from './routing/check-fallbacks.ts';
import { type PlannedCall, RoutePlan } from './routing/route-plan.ts';
import type { RouteStates } from './routing/route-states.ts';
import { TappedSink } from './tapped-sink.ts';

export interface ChatInput {
  readonly principal: Principal;
  /** For the log: which key, or which member in the playground, asked. */
  readonly apiKeyId: string | null;
  readonly memberId: string | null;
  /** The request's body as received. */
  readonly body: Uint8Array;
  /** How the caller speaks. Default: chat completions. */
  readonly dialect?: Dialect;
  /** Of the request; a dialect may have its own among them. */
  readonly headers?: CallerHeaders;
  readonly requestId: string;
  readonly source: AttemptSource;
  readonly sink: AnswerSink;
  /** Sent along as `Idempotency-Key`, for providers that know it. */
  readonly idempotencyKey?: string;
  /** Slugs that stand in for the model, in order, where it cannot answer. Left out: those that the model's settings name. */
  readonly fallbacks?: readonly string[];
  /** What the caller says about kept answers. Left out: as the model's settings say. */
  readonly cache?: CacheWish;
}

export interface ChatDoors extends AttemptDoors, CacheDoors, ImageDoors {
  /** Takes down what is said, for the organizations that keep it. */
  readonly contents: ContentKeeper;
  readonly registry: Pick<Registry, 'resolveName'>;
  readonly admission: CallAdmission;
  readonly routeStates: RouteStates;
}

/**
 * A chat call: resolve the model, check what is asked of it and what its limits leave, attempt it by one route after the
 * other, and meter each attempt. Until the first byte of the answer there may be another attempt; from then on the
 * answer is the caller's, errors included.
 */
export async function completeChat(doors: ChatDoors, { body, dialect = chatDialect, headers = {}, ...given }: ChatInput): Promise<void> {
  const receivedMs = performance.now();
  const { principal, fallbacks } = given;
  const spoken = dialect.read(body, headers);
  const model = checkModelAccess(doors.registry, principal, spoken.chat.value.model);
  checkTask(model, dialect.task);
  const wanted = principal.onUnsupported === 'drop' ? dropUnsupported(model, spoken) : spoken;
  checkCapabilities(model, wanted.chat.value);
  const request = needsInlining(wanted, model) ? await inlineImages(doors, wanted, model, principal.organizationId) : wanted;
  const { chat } = request;
  checkFallbacks(doors.registry, principal, fallbacks);
  const cached = openCachedCall(doors, { ...given, model, request, body, wish: given.cache });
  if (cached?.answer(given.sink)) return;
  const held = new HeldCall(doors.admission, { ...given, chat });
  const content = doors.contents.begin(principal.organizationId, body);
  const tapped = content === null ? given.sink : new TappedSink(given.sink, content);
  const sink = cached?.record(tapped) ?? tapped;
  try {
    await attemptUntilAnswered(
      cached === null ? doors : { ...doors, meter: cached.listen(doors.meter) },
      { ...given, sink, request, model, content },
      held,
      receivedMs,
    );
  } finally {
    held.end();
    content?.end();
  }
}

type CheckedInput = Omit<ChatInput, 'body' | 'dialect' | 'headers'> & PlannedCall & { readonly content: ContentDraft | null };

async function attemptUntilAnswered(doors: ChatDoors, input: CheckedInput, held: HeldCall, receivedMs: number): Promise<void> {
  const caller = new Caller(input.sink);
  const plan = new RoutePlan(doors, input);
  let readySinceMs = receivedMs;
  for (;;) {
    const route = plan.take();
    const asked = held.admit(plan.model);
    // Hardly ever a promise: only then is there something to wait for.
    const admitted = asked instanceof Promise ? await asked : asked;
    const attempt = { model: route, adapter: adapters[route.protocol], timeouts: plan.timeoutsOf(route), caller, admitted };
    const call = new ChatCall({ ...input, ...attempt }, readySinceMs);
    const failure = await attemptRoute(doors, call);
    if (failure === null) return;
    const again = await plan.moveOn(failure, call);
    if (caller.gone) throw new PipelinesError('client_closed_request');
    if (!again) throw plan.toError(failure, route);
    readySinceMs = performance.now();
  }
}

import { type CallAdmission, type ContentDraft, type ContentKeeper, PipelinesError } from '@pipelines/contracts';
import { adapters } from '@pipelines/providers';
import type { Registry } from '@pipelines/registry';
import type { AnswerSink } from './answer-sink.ts';
import type { AttemptFailure } from './attempts/attempt-failure.ts';
import { attemptRoute } from './attempts/attempt-route.ts';
import { Caller } from './attempts/caller.ts';
import { type AskedChat, type AttemptDoors, ChatCall } from './attempts/chat-call.ts';
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
import { fetchImages } from './images/fetch-images.ts';
import { needsInlining } from './images/inline-images.ts';
import { checkFallbacks } from './routing/check-fallbacks.ts';
import { type PlannedCall, RoutePlan } from './routing/route-plan.ts';
import type { RouteStates } from './routing/route-states.ts';
import { TappedSink } from './tapped-sink.ts';

export interface ChatInput extends AskedChat {
  /** The request's body as received. */
  readonly body: Uint8Array;
  /** How the caller speaks. Default: chat completions. */
  readonly dialect?: Dialect;
  /** Of the request; a dialect may have its own among them. */
  readonly headers?: CallerHeaders;
  readonly sink: AnswerSink;
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
export async function completeChat(doors: ChatDoors, input: ChatInput): Promise<void> {
  const receivedMs = performance.now();
  const { principal, body, dialect = chatDialect } = input;
  const spoken = dialect.read(body, input.headers ?? noHeaders);
  const model = checkModelAccess(doors.registry, principal, spoken.chat.value.model);
  checkTask(model, dialect.task);
  const wanted = principal.onUnsupported === 'drop' ? dropUnsupported(model, spoken) : spoken;
  checkCapabilities(model, wanted.chat.value);
  checkFallbacks(doors.registry, principal, dialect.task, input.fallbacks);
  const cached = openCachedCall(doors, { asked: input, model, asRead: spoken, request: wanted, body, wish: input.cache });
  const held = new HeldCall(doors.admission, input, wanted);
  if (cached !== null && (await cached.answer(input.sink, held))) return;
  const content = doors.contents.begin(principal.organizationId, body);
  const tapped = content === null ? input.sink : new TappedSink(input.sink, content);
  const sink = cached?.record(tapped) ?? tapped;
  try {
    await attemptUntilAnswered(
      cached === null ? doors : { ...doors, meter: cached.listen(doors.meter) },
      { asked: input, fallbacks: input.fallbacks, request: wanted, model, sink, content },
      held,
      receivedMs,
    );
  } finally {
    held.end();
    content?.end();
  }
}

const noHeaders: CallerHeaders = {};

/** Nothing went out: what would have served the call cannot be opened, which another route knows nothing of. */
function isWithoutCredential(error: unknown): boolean {
  return error instanceof PipelinesError && (error.code === 'credential_unavailable' || error.code === 'credential_unreadable');
}

/** A call that may go out. */
interface CheckedCall extends PlannedCall {
  readonly asked: AskedChat;
  readonly sink: AnswerSink;
  readonly content: ContentDraft | null;
}

async function attemptUntilAnswered(doors: ChatDoors, checked: CheckedCall, held: HeldCall, receivedMs: number): Promise<void> {
  const { asked, sink, content } = checked;
  const caller = new Caller(sink);
  const plan = new RoutePlan(doors, checked);
  let { request } = checked;
  let readySinceMs = receivedMs;
  for (;;) {
    const route = plan.take();
    const { model } = plan;
    let call: ChatCall;
    try {
      const admitting = held.admit(model);
      // Hardly ever a promise: only then is there something to wait for.
      const admitted = admitting instanceof Promise ? await admitting : admitting;
      // For no call that may not go out; and not again for another attempt.
      if (needsInlining(request, model)) request = await fetchImages(doors, { asked, request, caller }, model);
      const timeouts = plan.timeoutsOf(route);
      const adapter = adapters[route.protocol];
      call = new ChatCall({ asked, request, sink, content, caller, model: route, adapter, timeouts, admitted, readySinceMs });
    } catch (error) {
      if (!(error instanceof PipelinesError) || caller.gone) throw error;
      // A model that stands in has limits of its own, and may want the bytes of an image; the next one may be luckier.
      if (plan.standsIn && plan.skipModel()) continue;
      throw plan.ownError ?? error;
    }
    let failure: AttemptFailure | null;
    try {
      failure = await attemptRoute(doors, call);
    } catch (error) {
      if (!isWithoutCredential(error)) throw error;
      if (plan.skipRoute(route)) continue;
      throw plan.ownError ?? error;
    }
    if (failure === null) return;
    const again = await plan.moveOn(failure, call);
    if (caller.gone) throw new PipelinesError('client_closed_request');
    if (!again) throw plan.toError(failure, route);
    readySinceMs = performance.now();
  }
}

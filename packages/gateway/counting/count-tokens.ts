import { type CallAdmission, PipelinesError, type Principal } from '@pipelines/contracts';
import type { Egress } from '@pipelines/egress';
import { adapters } from '@pipelines/providers';
import type { ModelRoute, Registry, ResolvedModel } from '@pipelines/registry';
import type { AnswerSink } from '../answer-sink.ts';
import { toAttemptFailure } from '../attempts/attempt-failure.ts';
import { Caller } from '../attempts/caller.ts';
import { checkCapabilities } from '../check-capabilities.ts';
import { checkModelAccess } from '../check-model-access.ts';
import { checkTask } from '../check-task.ts';
import type { CallerHeaders, SpokenRequest } from '../dialects/dialect.ts';
import { readCountRequest } from '../dialects/messages/messages-dialect.ts';
import { dropUnsupported } from '../drop-unsupported.ts';
import { HeldCall } from '../held-call.ts';
import type { ImageDoors } from '../images/fetch-image.ts';
import { fetchImages } from '../images/fetch-images.ts';
import { needsInlining } from '../images/inline-images.ts';
import { mapUpstreamError } from '../map-upstream-error.ts';
import { isCallersFault } from '../routing/blame.ts';
import type { RouteStates } from '../routing/route-states.ts';
import { type AskedCount, askRoute } from './ask-route.ts';
import { refuseCount } from './refuse-count.ts';

export interface CountInput {
  readonly principal: Principal;
  readonly apiKeyId: string | null;
  readonly memberId: string | null;
  readonly requestId: string;
  /** The request's body as received, and its headers. */
  readonly body: Uint8Array;
  readonly headers: CallerHeaders;
  readonly sink: AnswerSink;
}

export interface CountDoors extends ImageDoors {
  readonly egress: Pick<Egress, 'request'>;
  readonly registry: Pick<Registry, 'resolveName'>;
  readonly admission: CallAdmission;
  readonly routeStates: Pick<RouteStates, 'choose' | 'chooseAnyway'>;
}

/**
 * How many tokens a prompt of the Messages API has for a model, as its provider counts them: checked like a message, and
 * counted among the calls of the minute. It is no attempt: nothing is generated, billed, kept or written into the log.
 *
 * @throws PipelinesError `count_unsupported` where the provider has no way to count, and as a message is refused
 */
export async function countTokens(doors: CountDoors, input: CountInput): Promise<void> {
  const { principal, sink } = input;
  const spoken = readCountRequest(input.body, input.headers);
  const model = checkModelAccess(doors.registry, principal, spoken.chat.value.model);
  checkTask(model, 'chat');
  const routes = model.routes.filter(({ protocol }) => adapters[protocol].counting !== undefined);
  if (routes.length === 0) throw refuseCount(model);
  const wanted = principal.onUnsupported === 'drop' ? dropUnsupported(model, spoken) : spoken;
  checkCapabilities(model, wanted.chat.value);
  const { headers } = await new HeldCall(doors.admission, input, wanted).admitFree(model);
  const caller = new Caller(sink);
  const request = needsInlining(wanted, model) ? await fetchImages(doors, { asked: input, request: wanted, caller }, model) : wanted;
  const abort = new AbortController();
  caller.whenGone(() => abort.abort());
  if (caller.gone) abort.abort();
  const counted = await askUntilCounted(doors, { input, model, routes, request, signal: abort.signal });
  const bytes = Buffer.from(JSON.stringify(counted.count));
  sink.start(200, { ...counted.headers, ...headers, 'content-length': String(bytes.length) });
  sink.end(bytes);
}

interface CheckedCount {
  readonly input: CountInput;
  readonly model: ResolvedModel;
  readonly routes: readonly ModelRoute[];
  readonly request: SpokenRequest;
  readonly signal: AbortSignal;
}

/**
 * By one credential of the model after the other. No other model stands in: it would count otherwise. What a route says
 * here tells nothing of its calls, since providers limit the two apart.
 */
async function askUntilCounted(doors: CountDoors, checked: CheckedCount): Promise<AskedCount> {
  const { model, routes, signal } = checked;
  const tried = new Set<ModelRoute>();
  let route = doors.routeStates.choose(routes) ?? doors.routeStates.chooseAnyway(routes) ?? routes[0];
  for (;;) {
    if (route === undefined) throw refuseCount(model);
    tried.add(route);
    try {
      return await askRoute(doors, { ...checked, route });
    } catch (error) {
      if (signal.aborted) throw new PipelinesError('client_closed_request');
      if (error instanceof PipelinesError) throw error;
      const failure = toAttemptFailure(error);
      const next = isCallersFault(failure) ? null : doors.routeStates.choose(routes, tried);
      if (next === null) throw mapUpstreamError(failure, model);
      route = next;
    }
  }
}

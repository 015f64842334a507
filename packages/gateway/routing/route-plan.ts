import type { PipelinesError, Principal } from '@pipelines/contracts';
import type { ModelRoute, ModelTimeouts, Registry, ResolvedModel } from '@pipelines/registry';
import type { AttemptFailure } from '../attempts/attempt-failure.ts';
import type { ChatCall } from '../attempts/chat-call.ts';
import type { SpokenRequest } from '../dialects/dialect.ts';
import { mapUpstreamError } from '../map-upstream-error.ts';
import { isCallersFault } from './blame.ts';
import { canTake } from './can-take.ts';
import { refuseOpenCircuit } from './refuse-open-circuit.ts';
import { waitBeforeRetry } from './retry-policy.ts';
import type { RouteStates } from './route-states.ts';

export interface PlannedCall {
  readonly asked: { readonly principal: Principal };
  readonly model: ResolvedModel;
  readonly request: SpokenRequest;
  /** Slugs that stand in for the model, in order; left out: those that the model's settings name. */
  readonly fallbacks: readonly string[] | undefined;
}

/**
 * Where the attempts of one call go: the model's routes, each again as often as the model says, then its fallbacks.
 * A fallback's own fallbacks are not asked, so that no circle is possible.
 */
export class RoutePlan {
  readonly #states: RouteStates;
  readonly #registry: Pick<Registry, 'resolveName'>;
  readonly #call: PlannedCall;
  readonly #startedMs = performance.now();
  /** Slugs that are left; null while none was needed. */
  #left: string[] | null = null;
  #model: ResolvedModel;
  #tried = new Set<ModelRoute>();
  #retries = 0;
  #next: ModelRoute | null = null;
  #returned: ModelRoute | null = null;
  /** The last failure of the model that was asked for. */
  #ownFailure: AttemptFailure | null = null;

  constructor(doors: { readonly routeStates: RouteStates; readonly registry: Pick<Registry, 'resolveName'> }, call: PlannedCall) {
    this.#states = doors.routeStates;
    this.#registry = doors.registry;
    this.#call = call;
    this.#model = call.model;
  }

  /** The model that the next attempt asks: the one that was asked for, or one that stands in for it. */
  get model(): ResolvedModel {
    return this.#model;
  }

  /** The route of the next attempt. @throws PipelinesError `circuit_open` where none can be called now */
  take(): ModelRoute {
    const route = this.#next ?? this.#states.choose(this.#model.routes) ?? this.#chooseFallback() ?? this.#chooseCooling();
    this.#next = null;
    return route;
  }

  /**
   * After a failure, before the caller has anything: whether there is another attempt to make, waiting for it where the
   * same route is asked again. False at once when the caller goes.
   */
  async moveOn(failure: AttemptFailure, call: ChatCall): Promise<boolean> {
    const { model: route } = call.options;
    if (route.slug === this.#call.model.slug) this.#ownFailure = failure;
    if (call.callerGone || isCallersFault(failure) || this.#leftMs <= 0) return false;
    this.#tried.add(route);
    this.#next = this.#returnToKeptSecret(failure, route) ?? this.#states.choose(this.#model.routes, this.#tried);
    if (this.#next !== null) return true;
    if (await waitBeforeRetry(failure, call, { done: this.#retries, leftMs: this.#leftMs, most: this.#model.maxRetries })) {
      this.#retries += 1;
      this.#tried.clear();
      this.#next = this.#states.choose(this.#model.routes) ?? this.#states.chooseAnyway(this.#model.routes);
    }
    if (!call.callerGone) this.#next ??= this.#chooseFallback();
    return this.#next !== null;
  }

  /** Whether the next attempt asks a model that stands in for the one that was asked for. */
  get standsIn(): boolean {
    return this.#model !== this.#call.model;
  }

  /** Leaves a route alone whose own credential cannot be used. False: there is no other. */
  skipRoute(route: ModelRoute): boolean {
    this.#tried.add(route);
    this.#next = this.#states.choose(this.#model.routes, this.#tried) ?? this.#chooseFallback();
    return this.#next !== null;
  }

  /** Leaves a model that stands in alone. False: there is no other. */
  skipModel(): boolean {
    this.#next = this.#chooseFallback();
    return this.#next !== null;
  }

  /** What the model that was asked for has said; null where it was not called. */
  get ownError(): PipelinesError | null {
    return this.#ownFailure === null ? null : mapUpstreamError(this.#ownFailure, this.#call.model);
  }

  /** What the caller is told where nobody has answered. */
  toError(last: AttemptFailure, route: ModelRoute): PipelinesError {
    return this.ownError ?? mapUpstreamError(last, route);
  }

  /** The route's own, and never longer than what is left of the whole call's. */
  timeoutsOf({ timeouts }: ModelRoute): ModelTimeouts {
    if (this.#ownFailure === null) return timeouts;
    return { ...timeouts, totalMs: Math.max(1, Math.min(timeouts.totalMs, this.#leftMs)) };
  }

  /** The model's time for the whole call goes for everything that stands in for it, too. */
  get #leftMs(): number {
    return this.#call.model.timeouts.totalMs - (performance.now() - this.#startedMs);
  }

  /** A new secret that its provider refuses makes room for the one before, and the call is made again with that: once. */
  #returnToKeptSecret({ cause }: AttemptFailure, route: ModelRoute): ModelRoute | null {
    if (route.trial === null || this.#returned === route || (cause !== 'bad_key' && cause !== 'expired_key')) return null;
    this.#returned = route;
    route.trial.refused();
    return route.trial.isReturned ? route : null;
  }

  #chooseFallback(): ModelRoute | null {
    const { model, asked, request } = this.#call;
    this.#left ??= [...(this.#call.fallbacks ?? model.fallbacks)];
    for (;;) {
      const slug = this.#left.shift();
      if (slug === undefined) return null;
      const candidate = slug === model.slug ? null : this.#registry.resolveName(asked.principal.organizationId, slug);
      const route = candidate !== null && canTake(candidate, asked.principal, request) ? this.#states.choose(candidate.routes) : null;
      if (candidate === null || route === null) continue;
      this.#model = candidate;
      this.#tried = new Set();
      this.#retries = 0;
      return route;
    }
  }

  /** Nobody is better placed. */
  #chooseCooling(): ModelRoute {
    const { model } = this.#call;
    const route = this.#states.chooseAnyway(model.routes);
    if (route === null) throw refuseOpenCircuit(model, this.#states);
    return route;
  }
}

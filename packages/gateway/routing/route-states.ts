import type { UpstreamCause } from '@pipelines/contracts';
import type { ModelRoute } from '@pipelines/registry';
import type { AttemptFailure } from '../attempts/attempt-failure.ts';
import { isOutage } from './blame.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { CoolDowns } from './cool-downs.ts';
import { drawByWeight } from './draw-by-weight.ts';

/** What this process knows of a route at a moment. */
export interface RouteState {
  /** `cooling`: left to the others for a while. `open`: not called. `half_open`: the next call decides. */
  readonly state: 'serving' | 'cooling' | 'open' | 'half_open';
  /** How long that lasts, in milliseconds from now; null where it does not end by itself. */
  readonly forMs: number | null;
  readonly cause: UpstreamCause | null;
}

export interface RouteCounts {
  readonly cooling: number;
  readonly open: number;
}

/** How an attempt ended, as far as it concerns its route. `released`: it says nothing about it. */
export type RouteOutcome = AttemptFailure | 'worked' | 'released';

/** Called with each change of state that somebody should hear of. */
export type TellChange = (route: ModelRoute, state: RouteState['state'], cause: UpstreamCause | null) => void;

interface Circuit {
  readonly breaker: CircuitBreaker;
  /** What was found to be down: with another secret, address or model ID the route begins anew. */
  readonly setting: string;
  cause: UpstreamCause;
}

const maxIdleCircuits = 1_000;

/** Which routes may serve, as this process has met them. Nothing is kept of a route that has never failed. */
export class RouteStates {
  readonly #coolDowns = new CoolDowns();
  readonly #circuits = new Map<string, Circuit>();
  readonly #tell: TellChange;
  readonly #now: () => number;
  readonly #random: () => number;

  constructor(tell: TellChange, now: () => number = () => performance.now(), random: () => number = Math.random) {
    this.#tell = tell;
    this.#now = now;
    this.#random = random;
  }

  /** One of the routes that can serve now, drawn by weight; null when none can. */
  choose(routes: readonly ModelRoute[], isExcluded?: ReadonlySet<ModelRoute>): ModelRoute | null {
    const isUntroubled = this.#coolDowns.size === 0 && this.#circuits.size === 0;
    if (isUntroubled && isExcluded === undefined && routes.length === 1) return routes[0] as ModelRoute;
    const nowMs = this.#now();
    const fit = routes.filter((route) => isExcluded?.has(route) !== true && this.#allows(route, nowMs) && !this.#isCooling(route, nowMs));
    return drawByWeight(fit, this.#random);
  }

  /** The same where routes that cool are better than none. */
  chooseAnyway(routes: readonly ModelRoute[]): ModelRoute | null {
    const nowMs = this.#now();
    const open = routes.filter((route) => this.#allows(route, nowMs));
    return drawByWeight(open, this.#random);
  }

  /** An attempt goes out. */
  begin(route: ModelRoute): void {
    if (this.#circuits.size > 0) this.#circuitOf(route)?.breaker.begin(this.#now());
  }

  end(route: ModelRoute, outcome: RouteOutcome): void {
    if (outcome === 'worked' || outcome === 'released') this.#endWell(route, outcome);
    else this.#endBadly(route, outcome);
  }

  of(route: ModelRoute): RouteState {
    const nowMs = this.#now();
    const circuit = this.#circuitOf(route);
    const state = circuit?.breaker.state(nowMs) ?? 'closed';
    if (circuit && state === 'open') return { state, forMs: circuit.breaker.untilMs - nowMs, cause: circuit.cause };
    if (circuit && state === 'half_open') return { state, forMs: null, cause: circuit.cause };
    const coolDown = this.#coolDowns.of(route, nowMs);
    if (coolDown !== null) return { state: 'cooling', forMs: coolDown.untilMs - nowMs, cause: coolDown.cause };
    return { state: 'serving', forMs: null, cause: null };
  }

  /** For metrics. */
  count(): RouteCounts {
    const nowMs = this.#now();
    const open = [...this.#circuits.values()].filter(({ breaker }) => breaker.state(nowMs) !== 'closed').length;
    return { cooling: this.#coolDowns.count(nowMs), open };
  }

  #circuitOf(route: ModelRoute): Circuit | undefined {
    const known = this.#circuits.get(route.key);
    if (known === undefined || known.setting === settingOf(route)) return known;
    this.#circuits.delete(route.key);
    return undefined;
  }

  #allows(route: ModelRoute, nowMs: number): boolean {
    return this.#circuitOf(route)?.breaker.allows(nowMs) ?? true;
  }

  #isCooling(route: ModelRoute, nowMs: number): boolean {
    return this.#coolDowns.size > 0 && this.#coolDowns.of(route, nowMs) !== null;
  }

  #endWell(route: ModelRoute, outcome: 'worked' | 'released'): void {
    if (outcome === 'worked') {
      if (this.#coolDowns.size > 0) this.#coolDowns.forget(route);
      if (this.#circuits.size > 0) this.#noteThere(route);
    } else this.#circuitOf(route)?.breaker.released();
  }

  /** Somebody was there to answer, whatever the answer was. */
  #noteThere(route: ModelRoute): void {
    const circuit = this.#circuitOf(route);
    if (circuit === undefined) return;
    const { breaker } = circuit;
    const nowMs = this.#now();
    if (breaker.state(nowMs) !== 'closed') this.#tell(route, 'serving', null);
    breaker.succeeded(nowMs);
    if (breaker.isIdle(nowMs)) this.#circuits.delete(route.key);
  }

  #endBadly(route: ModelRoute, failure: AttemptFailure): void {
    const nowMs = this.#now();
    if (this.#coolDowns.note(route, failure, nowMs)) this.#tell(route, 'cooling', failure.cause);
    if (isOutage(failure)) this.#noteOutage(route, failure, nowMs);
    else this.#noteThere(route);
  }

  #noteOutage(route: ModelRoute, failure: AttemptFailure, nowMs: number): void {
    const known = this.#circuitOf(route);
    const circuit = known ?? { breaker: new CircuitBreaker(), setting: settingOf(route), cause: failure.cause };
    if (known === undefined) this.#add(route.key, circuit, nowMs);
    circuit.cause = failure.cause;
    const wasOpen = circuit.breaker.state(nowMs) === 'open';
    circuit.breaker.failed(nowMs);
    if (!wasOpen && circuit.breaker.state(nowMs) === 'open') this.#tell(route, 'open', failure.cause);
  }

  /** What has not failed for long makes room. */
  #add(key: string, circuit: Circuit, nowMs: number): void {
    if (this.#circuits.size >= maxIdleCircuits) {
      for (const [known, { breaker }] of this.#circuits) if (breaker.isIdle(nowMs)) this.#circuits.delete(known);
    }
    this.#circuits.set(key, circuit);
  }
}

function settingOf({ accountKey, target }: ModelRoute): string {
  return [accountKey, target.baseUrl, target.providerModelId].join(' ');
}

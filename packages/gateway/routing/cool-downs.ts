import type { UpstreamCause } from '@pipelines/contracts';
import type { ModelRoute } from '@pipelines/registry';
import type { AttemptFailure } from '../attempts/attempt-failure.ts';

/** What a provider holds against the account: it concerns every model that uses it. */
const accountCauses: ReadonlySet<UpstreamCause> = new Set(['bad_key', 'expired_key', 'quota_exhausted']);
/** What it holds against the account's use of this model. */
const routeCauses: ReadonlySet<UpstreamCause> = new Set(['rate_limited', 'no_access']);

const usualMs = { account: 60_000, route: 10_000 };
const shortestMs = 1_000;
const longestMs = 300_000;

export interface CoolDown {
  readonly untilMs: number;
  readonly cause: UpstreamCause;
}

/**
 * Credentials that are left alone for a while, because their provider has refused them or asked for a pause. A new
 * secret is another account here: it is not held to what was said of the one before.
 */
export class CoolDowns {
  readonly #ends = new Map<string, CoolDown>();

  /** How many have been noted and not been forgotten. */
  get size(): number {
    return this.#ends.size;
  }

  /** Answers whether it cools from now on. */
  note(route: ModelRoute, { cause, retryAfterSeconds }: AttemptFailure, nowMs: number): boolean {
    const isAccount = accountCauses.has(cause) && route.accountKey !== null;
    if (!isAccount && !routeCauses.has(cause)) return false;
    const askedMs = retryAfterSeconds === null ? usualMs[isAccount ? 'account' : 'route'] : retryAfterSeconds * 1_000;
    const untilMs = nowMs + Math.min(Math.max(askedMs, shortestMs), longestMs);
    this.#ends.set(isAccount ? (route.accountKey as string) : route.key, { untilMs, cause });
    return true;
  }

  /** A call has worked: whatever was said before does not hold any more. */
  forget(route: ModelRoute): void {
    this.#ends.delete(route.key);
    if (route.accountKey !== null) this.#ends.delete(route.accountKey);
  }

  /** The later one of the account's and the route's own; null where neither cools. */
  of(route: ModelRoute, nowMs: number): CoolDown | null {
    const own = this.#current(route.key, nowMs);
    const account = route.accountKey === null ? null : this.#current(route.accountKey, nowMs);
    if (own === null || account === null) return own ?? account;
    return own.untilMs >= account.untilMs ? own : account;
  }

  #current(key: string, nowMs: number): CoolDown | null {
    const known = this.#ends.get(key);
    if (known === undefined) return null;
    if (nowMs < known.untilMs) return known;
    this.#ends.delete(key);
    return null;
  }

  /** How many cool at this moment. */
  count(nowMs: number): number {
    return [...this.#ends.keys()].filter((key) => this.#current(key, nowMs) !== null).length;
  }
}

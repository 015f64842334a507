import { type Log, toSafeError } from '@pipelines/contracts';
import { type Database, followChanges } from '@pipelines/database';
import { CallCounter } from './call-counter.ts';
import type { OrganizationRules } from './limit-rules.ts';
import { type LoadRulesOptions, loadRules } from './load-rules.ts';

export interface RulesOptions extends Omit<LoadRulesOptions, 'counterOf' | 'database'> {
  readonly database: Database;
  readonly log: Log;
}

/** All call limits and budgets, in memory, following the changes of all processes. */
export interface Rules {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Undefined where nothing is limited: most organizations. */
  of(organizationId: string): OrganizationRules | undefined;
  /** Reads one organization anew, so that its own change holds at once. Never rejects. */
  refresh(organizationId: string): Promise<void>;
  /** Counters of all subjects with limits or budgets, by organization and subject. */
  readonly counters: ReadonlyMap<string, ReadonlyMap<string, CallCounter>>;
}

const retryAfterMs = 5_000;

export function createRules({ database, log, leases }: RulesOptions): Rules {
  const counters = new Map<string, Map<string, CallCounter>>();
  let rules = new Map<string, OrganizationRules>();
  let last: Promise<void> = Promise.resolve();
  let retry: NodeJS.Timeout | undefined;
  let stopFollowing: (() => Promise<void>) | null = null;

  function counterOf(organizationId: string, subject: string): CallCounter {
    const ofOrganization = counters.get(organizationId) ?? new Map<string, CallCounter>();
    counters.set(organizationId, ofOrganization);
    const known = ofOrganization.get(subject) ?? new CallCounter();
    ofOrganization.set(subject, known);
    return known;
  }

  async function load(organizationId: string | null): Promise<void> {
    const loaded = await loadRules({ database, leases, counterOf }, organizationId);
    if (organizationId === null) rules = loaded;
    else {
      rules.delete(organizationId);
      for (const [id, one] of loaded) rules.set(id, one);
    }
  }

  /** One after the other, so that an older answer never overwrites a newer one. */
  function reload(organizationId: string | null): Promise<void> {
    last = last
      .then(() => load(organizationId))
      .catch((error: unknown) => {
        log({ event: 'snapshot_failed', error: toSafeError(error) });
        retry ??= setTimeout(() => {
          retry = undefined;
          void reload(null);
        }, retryAfterMs).unref();
      });
    return last;
  }

  return {
    counters,
    async start() {
      await load(null);
      stopFollowing = await followChanges(database, (change) => {
        if (change === null) void reload(null);
        else if (change.topic === 'limits') void reload(change.organizationId);
        // Whose key it is; only where something is limited.
        else if (change.topic === 'api_keys' && change.organizationId !== null && rules.has(change.organizationId)) {
          void reload(change.organizationId);
        }
      });
      // What was changed between the two.
      await load(null);
    },
    async stop() {
      clearTimeout(retry);
      await stopFollowing?.();
      await last;
    },
    of: (organizationId) => rules.get(organizationId),
    refresh: reload,
  };
}

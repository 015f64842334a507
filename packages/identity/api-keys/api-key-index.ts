import { apiKeyPattern, type Log, PipelinesError, toSafeError } from '@pipelines/contracts';
import { type Database, followChanges } from '@pipelines/database';
import { createKeyHasher, hashApiKey } from './hash-api-key.ts';
import { createKeyUseWriter } from './key-use-writer.ts';
import { type AuthenticatedKey, type LoadedKey, loadApiKeys } from './load-api-keys.ts';

const checkIntervalMs = 5_000;
/** Without the database, known keys work this long; then nobody could have revoked one for too long. */
const maxStaleMs = 15 * 60_000;

export interface ApiKeyIndexOptions {
  readonly database: Database;
  readonly pepper: Uint8Array;
  readonly log: Log;
  readonly now: () => Date;
}

/** Every working key of the server, in memory: a call is authenticated without asking the database. */
export interface ApiKeyIndex {
  hashKey(text: string): Buffer;
  /** @throws PipelinesError `unavailable` where it cannot be known, because the database is away */
  authenticate(text: string): AuthenticatedKey | null;
  find(id: string): AuthenticatedKey | null;
  /** Loads all, then follows changes until `stop`. */
  start(): Promise<void>;
  /** Resolves when every change that was committed before the call is seen. */
  reload(organizationId: string): Promise<void>;
  stop(): Promise<void>;
}

export function createApiKeyIndex({ database, pepper, log, now }: ApiKeyIndexOptions): ApiKeyIndex {
  const byHash = new Map<string, AuthenticatedKey>();
  const byOrganization = new Map<string, Map<string, AuthenticatedKey>>();
  const uses = createKeyUseWriter(database, log);
  /** What is known to be out of date: organizations, or null for all of them. */
  const outdated = new Set<string | null>();
  let running: Promise<void> = Promise.resolve();
  let queued: Promise<void> | null = null;
  let reachable = true;
  let confirmedAtMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let stopFollowing: (() => Promise<void>) | null = null;

  const hash = (text: string) => hashApiKey(pepper, text);
  const hashOf = createKeyHasher(pepper, (keyHash) => byHash.has(keyHash));

  /** One load at a time, so that an older answer never overwrites a newer one; requests meanwhile share the next. */
  function reload(organizationId: string | null): Promise<void> {
    outdated.add(organizationId);
    queued ??= running
      .catch(() => undefined)
      .then(() => {
        queued = null;
        running = loadOutdated();
        return running;
      });
    return queued;
  }

  async function loadOutdated(): Promise<void> {
    const scopes: (string | null)[] = outdated.has(null) ? [null] : [...outdated];
    const taken = [...outdated];
    outdated.clear();
    try {
      for (const scope of scopes) replaceKeys(scope, await loadApiKeys(database, scope));
      confirmedAtMs = performance.now();
      reachable = true;
    } catch (error) {
      for (const scope of taken) outdated.add(scope);
      throw error;
    }
  }

  function replaceKeys(scope: string | null, loaded: readonly LoadedKey[]): void {
    for (const organizationId of scope === null ? [...byOrganization.keys()] : [scope]) {
      for (const keyHash of byOrganization.get(organizationId)?.keys() ?? []) byHash.delete(keyHash);
      byOrganization.delete(organizationId);
    }
    for (const { keyHash, key } of loaded) {
      const text = keyHash.toString('base64');
      byHash.set(text, key);
      const { organizationId } = key.principal;
      const ofOrganization = byOrganization.get(organizationId) ?? new Map<string, AuthenticatedKey>();
      byOrganization.set(organizationId, ofOrganization.set(text, key));
    }
  }

  const reloadLater = (organizationId: string | null) =>
    void reload(organizationId).catch((error) => log({ event: 'snapshot_failed', error: toSafeError(error) }));

  async function checkDatabase(): Promise<void> {
    reachable = await database.ping();
    if (!reachable) return;
    confirmedAtMs = performance.now();
    const [scope] = outdated;
    if (scope !== undefined) reloadLater(scope);
  }

  return {
    hashKey: hash,
    authenticate(text) {
      if (!apiKeyPattern.test(text)) return null;
      const key = byHash.get(hashOf(text));
      const known = key !== undefined && performance.now() - confirmedAtMs < maxStaleMs;
      if (!known && !reachable) throw new PipelinesError('unavailable', { retryAfterSeconds: 5 });
      if (key === undefined) return null;
      const at = now();
      if (key.expiresAt !== null && key.expiresAt <= at) return null;
      uses.record(key, at);
      return key;
    },
    find(id) {
      for (const key of byHash.values()) if (key.id === id) return key;
      return null;
    },
    async start() {
      stopFollowing = await followChanges(database, (change) => {
        if (change === null) reloadLater(null);
        else if (change.topic === 'api_keys') reloadLater(change.organizationId);
      });
      await reload(null);
      timer = setInterval(() => void checkDatabase(), checkIntervalMs);
      timer.unref();
    },
    reload,
    async stop() {
      clearInterval(timer);
      await stopFollowing?.();
      await queued?.catch(() => undefined);
      await running.catch(() => undefined);
      await uses.close();
    },
  };
}

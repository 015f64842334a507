import { type CallableModel, type Log, toSafeError } from '@pipelines/contracts';
import { type Database, followChanges, readGeneration, schema } from '@pipelines/database';
import { eq } from 'drizzle-orm';
import { type ModelWithCredential, selectModels, selectPlatformModels } from '../models/model-rows.ts';
import { createReloadQueue } from './reload-queue.ts';
import { type ResolveOptions, resolveCustomModel, resolvePlatformModel } from './resolve-model.ts';
import type { ResolvedModel } from './resolved-model.ts';

/** Every model of every organization, in memory, following the changes of all replicas. */
export interface RegistrySnapshot {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Never waits and never asks the database. Deactivated models are found too. */
  resolve(organizationId: string, slug: string): ResolvedModel | null;
  /** The active models: platform models in the catalogue's order, then custom ones by name. Null allows all. */
  listCallable(organizationId: string, allowedModels: ReadonlySet<string> | null): CallableModel[];
  /** Reads one organization anew, so that its own change is seen at once. Does not throw. */
  refresh(organizationId: string): Promise<void>;
}

/** By slug, in the order of lists. */
type Models = Map<string, ResolvedModel>;

export interface SnapshotOptions extends ResolveOptions {
  readonly database: Database;
  readonly log: Log;
}

export function createSnapshot(options: SnapshotOptions): RegistrySnapshot {
  const { database, log, platformKey } = options;
  let platform: Models = new Map();
  let byOrganization = new Map<string, Models>();
  let stopFollowing: () => Promise<void> = async () => undefined;
  const queue = createReloadQueue((organizationId) => (organizationId === null ? loadAll() : loadOne(organizationId)), log);

  async function loadAll(): Promise<void> {
    const startedMs = performance.now();
    const generation = await readGeneration(database);
    const catalogue = await selectPlatformModels(database.db);
    const rows = await selectModels(database.db);
    const grouped = new Map<string, ModelWithCredential[]>();
    for (const row of rows) {
      const known = grouped.get(row.model.organizationId);
      if (known) known.push(row);
      else grouped.set(row.model.organizationId, [row]);
    }
    platform = new Map(catalogue.map((row) => [row.slug, resolvePlatformModel(row, options)]));
    byOrganization = new Map([...grouped].map(([id, own]) => [id, resolveAll(own)]));
    const loadMs = Math.round(performance.now() - startedMs);
    log({ event: 'snapshot_loaded', generation, models: platform.size + rows.length, keys: 0, loadMs });
  }

  async function loadOne(organizationId: string): Promise<void> {
    byOrganization.set(organizationId, resolveAll(await selectModels(database.db, eq(schema.models.organizationId, organizationId))));
  }

  function resolveAll(rows: readonly ModelWithCredential[]): Models {
    const models: ResolvedModel[] = [];
    for (const row of rows) {
      try {
        models.push(resolveCustomModel(row, options));
      } catch (error) {
        // One damaged row must not take the others along.
        log({ event: 'task_failed', task: 'resolve_model', error: toSafeError(error) });
      }
    }
    return new Map(models.sort(byName).map((model) => [model.slug, model]));
  }

  return {
    async start() {
      await loadAll();
      stopFollowing = await followChanges(database, (change) => {
        if (change === null) void queue.reload(null);
        else if (change.topic === 'models') void queue.reload(change.organizationId);
      });
    },
    async stop() {
      await stopFollowing();
      await queue.close();
    },
    resolve: (organizationId, slug) => byOrganization.get(organizationId)?.get(slug) ?? platform.get(slug) ?? null,
    listCallable(organizationId, allowedModels) {
      const custom = [...(byOrganization.get(organizationId)?.values() ?? [])];
      // Without the operator's key no platform model can be called.
      const all = platformKey === null ? custom : [...platform.values(), ...custom];
      return all.filter((model) => model.active && (allowedModels?.has(model.slug) ?? true)).map((model) => model.listing);
    },
    refresh: (organizationId) => queue.reload(organizationId),
  };
}

const collator = new Intl.Collator('en', { sensitivity: 'base' });

function byName(a: ResolvedModel, b: ResolvedModel): number {
  return collator.compare(a.displayName, b.displayName) || (a.slug < b.slug ? -1 : 1);
}

import { type CallableModel, type Log, toSafeError } from '@pipelines/contracts';
import { type Change, type Database, followChanges, readGeneration, schema } from '@pipelines/database';
import { eq, isNotNull } from 'drizzle-orm';
import { type ModelWithCredential, selectModels, selectPlatformModels } from '../models/model-rows.ts';
import type { Replica } from '../replicas/keep-replica.ts';
import { type PlatformRouting, readPlatformRoutings } from '../routing/platform-routings.ts';
import { type ModelRouting, noRouting, readAliases, readRoutings } from '../routing/routing-rows.ts';
import type { GenerationFollower } from './follow-generation.ts';
import { createReloadQueue } from './reload-queue.ts';
import { resolveCustomModel, resolvePlatformModel, routePlatformModel } from './resolve-model.ts';
import type { ResolveOptions } from './resolve-options.ts';
import type { ResolvedModel } from './resolved-model.ts';
import { trustMemory } from './trust-memory.ts';

/** Every model of every organization, in memory, following the changes of all replicas. */
export interface RegistrySnapshot {
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Never waits and never asks the database. Deactivated models are found too.
   * @throws PipelinesError `unavailable` for a model that is not known, and for any after 15 minutes, while the database is away
   */
  resolve(organizationId: string, slug: string): ResolvedModel | null;
  /** The same of a slug or an alias. A slug goes first. */
  resolveName(organizationId: string, name: string): ResolvedModel | null;
  /** The active models: platform models in the catalogue's order, then custom ones by name, then aliases. Null allows all. */
  listCallable(organizationId: string, allowedModels: ReadonlySet<string> | null): CallableModel[];
  /** Whether the organization keeps what is said in its calls. Never waits. */
  keepsContent(organizationId: string): boolean;
  /** Reads one organization anew, so that its own change is seen at once. Does not throw. */
  refresh(organizationId: string): Promise<void>;
}

const noAliases: ReadonlyMap<string, string> = new Map();

/** By slug, in the order of lists. */
type Models = Map<string, ResolvedModel>;

export interface SnapshotOptions extends ResolveOptions {
  readonly database: Database;
  readonly log: Log;
  readonly generation: GenerationFollower;
  readonly replica: Pick<Replica, 'announce' | 'isConnected' | 'silentMs'>;
}

export function createSnapshot(options: SnapshotOptions): RegistrySnapshot {
  const { database, log, platformKey, generation, replica } = options;
  let platform: Models = new Map();
  /** Platform models that organizations have set something for, as each of them calls them. */
  let routedPlatform = new Map<string, Models>();
  let byOrganization = new Map<string, Models>();
  let contentKeepers: ReadonlySet<string> = new Set();
  let aliases: Map<string, ReadonlyMap<string, string>> = new Map();
  let stopFollowing: () => Promise<void> = async () => undefined;
  const queue = createReloadQueue(load, log);

  async function load(organizationId: string | null): Promise<void> {
    const turn = generation.begin(organizationId);
    try {
      turn.worked(await (organizationId === null ? loadAll() : loadOne(organizationId)));
      replica.announce();
    } catch (error) {
      turn.failed();
      throw error;
    }
  }

  /** @returns the generation that is in memory now */
  async function loadAll(): Promise<number> {
    const startedMs = performance.now();
    const read = await readGeneration(database);
    const catalogue = await selectPlatformModels(database.db);
    const rows = await selectModels(database.db);
    const keepers = await selectContentKeepers();
    const routings = await readRoutings(database.db, null);
    const platformRoutings = await readPlatformRoutings(database.db, null);
    const names = await readAliases(database.db, null);
    const grouped = new Map<string, ModelWithCredential[]>();
    for (const row of rows) {
      const known = grouped.get(row.model.organizationId);
      if (known) known.push(row);
      else grouped.set(row.model.organizationId, [row]);
    }
    platform = new Map(catalogue.map((row) => [row.slug, resolvePlatformModel(row, options)]));
    routedPlatform = new Map();
    for (const routing of platformRoutings) routePlatform(routing);
    contentKeepers = keepers;
    byOrganization = new Map([...grouped].map(([id, own]) => [id, resolveAll(own, routings)]));
    aliases = new Map(names);
    const loadMs = Math.round(performance.now() - startedMs);
    log({ event: 'snapshot_loaded', generation: read, models: platform.size + rows.length, keys: 0, loadMs });
    return read;
  }

  async function loadOne(organizationId: string): Promise<null> {
    contentKeepers = await selectContentKeepers();
    const rows = await selectModels(database.db, eq(schema.models.organizationId, organizationId));
    const routings = await readRoutings(database.db, organizationId);
    const platformRoutings = await readPlatformRoutings(database.db, organizationId);
    const names = await readAliases(database.db, organizationId);
    routedPlatform.delete(organizationId);
    for (const routing of platformRoutings) routePlatform(routing);
    byOrganization.set(organizationId, resolveAll(rows, routings));
    aliases.set(organizationId, names.get(organizationId) ?? noAliases);
    return null;
  }

  /** Few, wherever they are: content logging is off by default. */
  async function selectContentKeepers(): Promise<ReadonlySet<string>> {
    const { id, contentRetentionDays } = schema.organizations;
    const rows = await database.db.select({ id }).from(schema.organizations).where(isNotNull(contentRetentionDays));
    return new Set(rows.map((row) => row.id));
  }

  function find(organizationId: string, slug: string): ResolvedModel | null {
    return byOrganization.get(organizationId)?.get(slug) ?? routedPlatform.get(organizationId)?.get(slug) ?? platform.get(slug) ?? null;
  }

  function routePlatform(routing: PlatformRouting): void {
    const { organizationId, slug } = routing.row;
    const model = platform.get(slug);
    if (model === undefined) return;
    const own: Models = routedPlatform.get(organizationId) ?? new Map();
    routedPlatform.set(organizationId, own.set(slug, routePlatformModel(model, routing)));
  }

  function resolveAll(rows: readonly ModelWithCredential[], routings: ReadonlyMap<string, ModelRouting>): Models {
    const models: ResolvedModel[] = [];
    for (const row of rows) {
      try {
        models.push(resolveCustomModel(row, routings.get(row.model.id) ?? noRouting, options));
      } catch (error) {
        // One damaged row must not take the others along.
        log({ event: 'task_failed', task: 'resolve_model', error: toSafeError(error) });
      }
    }
    return new Map(models.sort(byName).map((model) => [model.slug, model]));
  }

  function follow(change: Change | null, announced: number | null): void {
    const isOurs = change === null || change.topic === 'models' || change.topic === 'settings';
    const scope = change === null ? null : change.organizationId;
    generation.announced(announced, isOurs ? scope : undefined);
    if (isOurs) void queue.reload(scope);
    else replica.announce();
  }

  return {
    async start() {
      await load(null);
      stopFollowing = await followChanges(database, follow, { since: generation.loaded });
    },
    async stop() {
      await stopFollowing();
      await queue.close();
    },
    resolve: (organizationId, slug) => trustMemory(find(organizationId, slug), replica),
    resolveName(organizationId, name) {
      const slug = aliases.get(organizationId)?.get(name);
      return trustMemory(find(organizationId, name) ?? (slug === undefined ? null : find(organizationId, slug)), replica);
    },
    listCallable(organizationId, allowedModels) {
      const custom = [...(byOrganization.get(organizationId)?.values() ?? [])];
      // Without the operator's key no platform model can be called.
      const all = platformKey === null ? custom : [...platform.values(), ...custom];
      const mayCall = (model: ResolvedModel) => model.active && (allowedModels?.has(model.slug) ?? true);
      const listings = all.filter(mayCall).map((model) => model.listing);
      for (const [name, slug] of aliases.get(organizationId) ?? noAliases) {
        const model = all.find((candidate) => candidate.slug === slug);
        if (model && mayCall(model)) listings.push({ ...model.listing, id: name, alias_of: slug });
      }
      return listings;
    },
    keepsContent: (organizationId) => contentKeepers.has(organizationId),
    refresh: (organizationId) => queue.reload(organizationId),
  };
}

const collator = new Intl.Collator('en', { sensitivity: 'base' });

function byName(a: ResolvedModel, b: ResolvedModel): number {
  return collator.compare(a.displayName, b.displayName) || (a.slug < b.slug ? -1 : 1);
}

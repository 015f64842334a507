import type { Catalogue } from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { count, desc, sql } from 'drizzle-orm';
import { presentSync } from './present-sync.ts';
import type { CatalogueSyncRow } from './write-sync.ts';

const { catalogueSyncs, platformModels } = schema;

export async function describeCatalogue(db: Queries, syncEveryMs: number | null): Promise<Catalogue> {
  const last = await readLastSync(db);
  const offered = sql<number>`count(*) filter (where ${platformModels.pinned} and ${platformModels.active})::int`;
  const [counts] = await db.select({ known: count(), offered }).from(platformModels);
  return {
    last_sync: last && presentSync(last),
    next_sync_at: syncEveryMs === null ? null : new Date((last?.at.getTime() ?? Date.now()) + syncEveryMs).toISOString(),
    offered: counts?.offered ?? 0,
    known: counts?.known ?? 0,
  };
}

export async function readLastSync(db: Queries): Promise<CatalogueSyncRow | null> {
  const [row] = await db.select().from(catalogueSyncs).orderBy(desc(catalogueSyncs.at)).limit(1);
  return row ?? null;
}

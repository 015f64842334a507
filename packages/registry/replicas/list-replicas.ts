import type { Replicas } from '@pipelines/contracts';
import { type Database, readGeneration, schema } from '@pipelines/database';
import { asc, sql } from 'drizzle-orm';

const { replicas } = schema;

/** The processes that have been heard of lately, and which of them have every change of the registry in memory. */
export async function listReplicas(database: Database): Promise<Replicas> {
  const generation = await readGeneration(database);
  const rows = await database.db
    .select()
    .from(replicas)
    .where(sql`${replicas.seenAt} > now() - interval '15 seconds'`)
    .orderBy(asc(replicas.startedAt), asc(replicas.id));
  const data = rows.map((row) => ({
    id: row.id,
    started_at: row.startedAt.toISOString(),
    seen_at: row.seenAt.toISOString(),
    live: row.generation >= generation,
  }));
  return { live: data.filter(({ live }) => live).length, total: data.length, data };
}

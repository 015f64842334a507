import { type Queries, schema, type Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import type { PlatformModelRow } from '../models/model-rows.ts';

/** Until the transaction ends nobody else writes the catalogue. */
export async function lockCatalogue(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(1886414965, 3)`);
}

/** Everything that is known, offered or not. */
export function selectCatalogue(db: Queries | Transaction): Promise<PlatformModelRow[]> {
  return db.select().from(schema.platformModels);
}

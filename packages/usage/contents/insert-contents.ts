import { type Database, schema } from '@pipelines/database';
import { and, inArray, isNotNull } from 'drizzle-orm';
import type { SealedRow } from './seal-draft.ts';

const { attemptContents, organizations } = schema;

/**
 * Writes contents of the organizations that keep them at this moment: their rows are held meanwhile, so that whoever
 * switches content logging off deletes these too. Twice is harmless.
 */
export async function insertContents({ db }: Pick<Database, 'db'>, rows: readonly SealedRow[]): Promise<void> {
  const ids = [...new Set(rows.map(({ organizationId }) => organizationId))].sort();
  await db.transaction(async (tx) => {
    const keeping = await tx
      .select({ id: organizations.id })
      .from(organizations)
      .where(and(inArray(organizations.id, ids), isNotNull(organizations.contentRetentionDays)))
      .orderBy(organizations.id)
      .for('share');
    const kept = rows.filter((row) => keeping.some(({ id }) => id === row.organizationId));
    if (kept.length > 0) await tx.insert(attemptContents).values(kept).onConflictDoNothing();
  });
}

import { schema, type Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';

/** Advisory lock of whoever founds an organization: of two at once, one comes second. */
const lockKey = [1_886_414_965, 3] as const;

/** Waits for its turn, and tells whether an organization exists by then. */
export async function lockFounding(tx: Transaction): Promise<{ readonly founded: boolean }> {
  await tx.execute(sql`select pg_advisory_xact_lock(${lockKey[0]}::int, ${lockKey[1]}::int)`);
  const found = await tx.select({ id: schema.organizations.id }).from(schema.organizations).limit(1);
  return { founded: found.length > 0 };
}

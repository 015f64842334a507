import { slugFromName, uniqueSlug } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { and, eq, like, sql } from 'drizzle-orm';

/** Longer than any suffix that makes a slug unique. */
const suffixRoom = 8;

/**
 * The slug of a new model: free, and kept free for this transaction. Saves of one organization wait
 * for each other here, so that two of the same name never choose the same.
 */
export async function claimSlug(tx: Transaction, organizationId: string, displayName: string): Promise<string> {
  await lockNames(tx, organizationId);
  const { models, modelAliases } = schema;
  const base = slugFromName(displayName) || 'model';
  const prefix = base.slice(0, 64 - suffixRoom);
  const taken = await tx
    .select({ slug: models.slug })
    .from(models)
    .where(and(eq(models.organizationId, organizationId), like(models.slug, `${prefix}%`)));
  const aliases = await tx
    .select({ slug: modelAliases.name })
    .from(modelAliases)
    .where(and(eq(modelAliases.organizationId, organizationId), like(modelAliases.name, `${prefix}%`)));
  const known = new Set([...taken, ...aliases].map(({ slug }) => slug));
  return uniqueSlug(displayName, (slug) => known.has(slug));
}

/** Until the transaction ends nobody else gives out a slug or an alias of the organization. */
export async function lockNames(tx: Transaction, organizationId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(1886414966, hashtext(${organizationId}))`);
}

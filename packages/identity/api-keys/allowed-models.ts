import { mayGrant, type Principal } from '@pipelines/contracts';
import { announceChange, type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { validate } from 'uuid';
import { recordAudit } from '../audit/record-audit.ts';

const { apiKeys } = schema;

/** An API key as those see it who are about to change a model. */
export interface KeyInForce {
  readonly id: string;
  readonly name: string;
  readonly lastFour: string;
  /** Slugs that it may call; null means all. */
  readonly allowedModels: readonly string[] | null;
}

/** An API key that may call named models only. */
export interface LimitedKey extends KeyInForce {
  readonly allowedModels: readonly string[];
  /** Why this caller must not change it; null where they may. */
  readonly refusal: string | null;
}

const inForce = and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)));
const limitedTo = (slug: string) => sql`${slug} = any(${apiKeys.allowedModels})`;

/** The keys in force that are limited to some models, this one among them, and those of `ids`; oldest first. */
export async function findKeysInForce(
  db: Queries | Transaction,
  { organizationId }: Principal,
  slug: string,
  ids: readonly string[],
): Promise<KeyInForce[]> {
  const which = ids.length === 0 ? limitedTo(slug) : or(limitedTo(slug), inArray(apiKeys.id, [...ids]));
  return db
    .select({ id: apiKeys.id, name: apiKeys.name, lastFour: apiKeys.lastFour, allowedModels: apiKeys.allowedModels })
    .from(apiKeys)
    .where(and(eq(apiKeys.organizationId, organizationId), inForce, which))
    .orderBy(asc(apiKeys.id));
}

/** The keys in force that are limited to some models, this one among them, oldest first. */
export function findKeysLimitedTo(db: Queries | Transaction, principal: Principal, slug: string): Promise<LimitedKey[]> {
  return selectLimited(db, principal, and(inForce, limitedTo(slug)));
}

/** Limited keys by their IDs, ended ones too. Until the transaction ends nobody else changes them. */
export async function lockLimitedKeys(tx: Transaction, principal: Principal, ids: readonly string[]): Promise<LimitedKey[]> {
  const known = ids.filter((id) => validate(id));
  if (known.length === 0) return [];
  const which = and(inArray(apiKeys.id, known), sql`${apiKeys.allowedModels} is not null`);
  await tx
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(and(eq(apiKeys.organizationId, principal.organizationId), which))
    .orderBy(asc(apiKeys.id))
    .for('update');
  return selectLimited(tx, principal, which);
}

async function selectLimited(
  db: Queries | Transaction,
  { organizationId, role }: Principal,
  which: SQL | undefined,
): Promise<LimitedKey[]> {
  const rows = await db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.organizationId, organizationId), which))
    .orderBy(asc(apiKeys.id));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    lastFour: row.lastFour,
    allowedModels: row.allowedModels ?? [],
    refusal: mayGrant(role, row.role) ? null : `Your role is ${role}; this key has the role ${row.role}.`,
  }));
}

/** Limits keys to other models. Every process knows within moments. @param changes the slugs of each key, by its ID */
export async function setAllowedModels(
  tx: Transaction,
  principal: Principal,
  changes: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const { organizationId } = principal;
  for (const [id, allowedModels] of changes) {
    await tx
      .update(apiKeys)
      .set({ allowedModels: [...allowedModels] })
      .where(and(eq(apiKeys.organizationId, organizationId), eq(apiKeys.id, id)));
    await recordAudit(tx, principal, 'api_key.updated', { type: 'api_key', id }, ['allowed_models']);
  }
  if (changes.size > 0) await announceChange(tx, { topic: 'api_keys', organizationId });
}

import type { Capabilities } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq, type SQL } from 'drizzle-orm';

export type ModelRow = typeof schema.models.$inferSelect;
export type PlatformModelRow = typeof schema.platformModels.$inferSelect;
export type CredentialRow = typeof schema.credentials.$inferSelect;

/** A custom model with the credential that it uses. */
export interface ModelWithCredential {
  readonly model: ModelRow;
  readonly credential: CredentialRow | null;
}

const { models, credentials, platformModels } = schema;

/** Custom models with their credentials. */
export function selectModels(db: Queries | Transaction, where?: SQL) {
  return db
    .select({ model: models, credential: credentials })
    .from(models)
    .leftJoin(credentials, and(eq(credentials.organizationId, models.organizationId), eq(credentials.id, models.credentialId)))
    .where(where);
}

export async function findModel(db: Queries | Transaction, organizationId: string, slug: string): Promise<ModelWithCredential | null> {
  if (!canBeSlug(slug)) return null;
  const [row] = await selectModels(db, and(eq(models.organizationId, organizationId), eq(models.slug, slug)));
  return row ?? null;
}

/** Those that the operator offers, in the catalogue's order. */
export function selectPlatformModels(db: Queries | Transaction): Promise<PlatformModelRow[]> {
  return db
    .select()
    .from(platformModels)
    .where(eq(platformModels.pinned, true))
    .orderBy(asc(platformModels.position), asc(platformModels.slug));
}

export async function findPlatformModel(db: Queries | Transaction, slug: string): Promise<PlatformModelRow | null> {
  if (!canBeSlug(slug)) return null;
  const [row] = await db
    .select()
    .from(platformModels)
    .where(and(eq(platformModels.slug, slug), eq(platformModels.pinned, true)));
  return row ?? null;
}

export function capabilitiesOf(row: ModelRow | PlatformModelRow): Capabilities {
  return { json_mode: row.jsonMode, vision: row.vision, tool_use: row.toolUse, reasoning: row.reasoning };
}

/** PostgreSQL refuses a text with a NUL; no slug has one. */
function canBeSlug(text: string): boolean {
  return !text.includes('\0');
}

import { type Queries, schema } from '@pipelines/database';
import { and, eq, ne, sql } from 'drizzle-orm';
import { usesCredential } from './credentials/using-models.ts';
import { findModel } from './models/model-rows.ts';

/** The other active models that use the credential of this one, by name. */
export async function listSharing(
  db: Queries,
  organizationId: string,
  slug: string,
): Promise<{ readonly slug: string; readonly display_name: string }[]> {
  const { models } = schema;
  const credentialId = (await findModel(db, organizationId, slug))?.model.credentialId;
  if (!credentialId) return [];
  return db
    .select({ slug: models.slug, display_name: models.displayName })
    .from(models)
    .where(and(eq(models.organizationId, organizationId), usesCredential(db, credentialId), eq(models.active, true), ne(models.slug, slug)))
    .orderBy(sql`lower(${models.displayName})`, models.slug);
}

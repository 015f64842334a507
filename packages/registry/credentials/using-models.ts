import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq, sql } from 'drizzle-orm';
import type { ModelRow } from '../models/model-rows.ts';

/** The active models that use a credential, by name. */
export function findUsingModels(db: Queries | Transaction, organizationId: string, credentialId: string): Promise<ModelRow[]> {
  const { models } = schema;
  return db
    .select()
    .from(models)
    .where(and(eq(models.organizationId, organizationId), eq(models.credentialId, credentialId), eq(models.active, true)))
    .orderBy(sql`lower(${models.displayName})`, models.slug);
}

import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq, exists, or, type SQL, sql } from 'drizzle-orm';
import type { ModelRow } from '../models/model-rows.ts';

const { models, modelCredentials } = schema;

/** The active models that a credential serves, as their own or beside it, by name. */
export function findUsingModels(db: Queries | Transaction, organizationId: string, credentialId: string): Promise<ModelRow[]> {
  return db
    .select()
    .from(models)
    .where(and(eq(models.organizationId, organizationId), usesCredential(db, credentialId), eq(models.active, true)))
    .orderBy(sql`lower(${models.displayName})`, models.slug);
}

/** Whether a model has the credential as its own, or beside it. */
export function usesCredential(db: Queries | Transaction, credentialId: string): SQL | undefined {
  const link = db
    .select({ one: sql`1` })
    .from(modelCredentials)
    .where(
      and(
        eq(modelCredentials.organizationId, models.organizationId),
        eq(modelCredentials.modelId, models.id),
        eq(modelCredentials.credentialId, credentialId),
      ),
    );
  return or(eq(models.credentialId, credentialId), exists(link));
}

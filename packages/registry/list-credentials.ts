import type { Credential, ProviderId } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { presentCredential } from './models/present-model.ts';
import type { RegistryContext } from './registry-context.ts';

/** The saved credentials, newest first: masked, with their destination and the models that use them. Opens none of them. */
export async function listCredentials({ database: { db } }: RegistryContext, organizationId: string): Promise<Credential[]> {
  const { credentials, models } = schema;
  const rows = await db
    .select()
    .from(credentials)
    .where(and(eq(credentials.organizationId, organizationId), isNull(credentials.deletedAt)))
    .orderBy(desc(credentials.createdAt), desc(credentials.id));
  const users = await db
    .select({ credentialId: models.credentialId, slug: models.slug, display_name: models.displayName, active: models.active })
    .from(models)
    .where(eq(models.organizationId, organizationId))
    .orderBy(sql`lower(${models.displayName})`, models.slug);
  const byCredential = new Map<string | null, Credential['models']>();
  for (const { credentialId, ...user } of users) byCredential.set(credentialId, [...(byCredential.get(credentialId) ?? []), user]);
  return rows.map((row) => ({
    ...presentCredential(row),
    provider: row.provider as ProviderId,
    destination: { base_url: row.baseUrl, region: row.region },
    models: byCredential.get(row.id) ?? [],
    created_at: row.createdAt.toISOString(),
  }));
}

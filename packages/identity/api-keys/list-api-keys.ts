import type { ApiKey } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { desc, eq } from 'drizzle-orm';
import type { IdentityContext } from '../identity-context.ts';
import { describeApiKey } from './describe-api-key.ts';

/** All keys of the organization, revoked ones too, newest first; never the keys themselves. */
export async function listApiKeys({ database }: IdentityContext, organizationId: string): Promise<ApiKey[]> {
  const { apiKeys } = schema;
  const rows = await database.db.select().from(apiKeys).where(eq(apiKeys.organizationId, organizationId)).orderBy(desc(apiKeys.id));
  return rows.map(describeApiKey);
}

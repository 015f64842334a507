import { schema } from '@pipelines/database';
import type { IdentityContext } from '../identity-context.ts';

/** Whether the first admin is still to be created. */
export async function isSetupNeeded({ database }: IdentityContext): Promise<boolean> {
  const found = await database.db.select({ id: schema.organizations.id }).from(schema.organizations).limit(1);
  return found.length === 0;
}

import type { Member } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { asc, desc, eq } from 'drizzle-orm';
import type { IdentityContext } from '../identity-context.ts';
import { describeMember } from './describe-member.ts';

/** The people of the organization, by name; those who left come last. */
export async function listMembers({ database }: IdentityContext, organizationId: string): Promise<Member[]> {
  const { members } = schema;
  const rows = await database.db
    .select()
    .from(members)
    .where(eq(members.organizationId, organizationId))
    .orderBy(desc(members.active), asc(members.name), asc(members.id));
  return rows.map(describeMember);
}

import { PipelinesError } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { and, eq, ne } from 'drizzle-orm';

/**
 * Makes sure that somebody else is an admin. The organization's row is locked first, so that two
 * admins cannot leave at the same moment.
 *
 * @throws PipelinesError `last_admin`
 */
export async function protectLastAdmin(tx: Transaction, organizationId: string, memberId: string): Promise<void> {
  const { members, organizations } = schema;
  await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, organizationId)).for('no key update');
  const others = await tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.role, 'admin'), eq(members.active, true), ne(members.id, memberId)))
    .limit(1);
  if (others.length === 0) throw new PipelinesError('last_admin');
}

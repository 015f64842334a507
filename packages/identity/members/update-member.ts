import { type Member, type MemberRole, PipelinesError, type Principal } from '@pipelines/contracts';
import { announceChange, schema } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { IdentityContext } from '../identity-context.ts';
import { requireRowId } from '../require-row-id.ts';
import { describeMember } from './describe-member.ts';
import { protectLastAdmin } from './protect-last-admin.ts';

/**
 * Changes a name or a role. Keys that the member made follow the role at once.
 *
 * @throws PipelinesError `not_found`, `last_admin`
 */
export async function updateMember(
  { database, keyIndex }: IdentityContext,
  principal: Principal,
  id: string,
  changes: { readonly name?: string | undefined; readonly role?: MemberRole | undefined },
): Promise<Member> {
  const { members } = schema;
  const { organizationId } = principal;
  const ofMember = and(eq(members.organizationId, organizationId), eq(members.id, requireRowId(id)));
  const updated = await database.db.transaction(async (tx) => {
    const [before] = await tx.select().from(members).where(ofMember).for('update');
    if (!before) throw new PipelinesError('not_found');
    const name = changes.name ?? before.name;
    const role = changes.role ?? before.role;
    const fieldNames = [...(name === before.name ? [] : ['name']), ...(role === before.role ? [] : ['role'])];
    if (fieldNames.length === 0) return before;
    if (before.active && before.role === 'admin' && role !== 'admin') await protectLastAdmin(tx, organizationId, before.id);
    const [after] = await tx.update(members).set({ name, role }).where(ofMember).returning();
    await recordAudit(tx, principal, 'member.updated', { type: 'member', id: before.id }, fieldNames);
    await announceChange(tx, { topic: 'api_keys', organizationId });
    return after ?? before;
  });
  await keyIndex.reload(organizationId);
  return describeMember(updated);
}

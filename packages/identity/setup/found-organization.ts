import type { Principal } from '@pipelines/contracts';
import { announceChange, schema, type Transaction } from '@pipelines/database';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../audit/record-audit.ts';

export interface Founding {
  readonly organizationName: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
}

export interface Founded {
  readonly organization: { readonly id: string; readonly name: string };
  readonly member: {
    readonly organizationId: string;
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly role: 'admin';
  };
}

/** Creates the organization with its first admin. Whoever calls it holds the founding lock. */
export async function foundOrganization(tx: Transaction, { organizationName, name, email, passwordHash }: Founding): Promise<Founded> {
  const organization = { id: uuidv7(), name: organizationName };
  const member = { organizationId: organization.id, id: uuidv7(), name, email, role: 'admin' } as const;
  const system: Pick<Principal, 'organizationId' | 'actor'> = { organizationId: organization.id, actor: { type: 'system', id: null } };
  await tx.insert(schema.organizations).values(organization);
  await tx.insert(schema.members).values({ ...member, passwordHash });
  await recordAudit(tx, system, 'organization.created', { type: 'organization', id: organization.id }, ['name']);
  await recordAudit(tx, system, 'member.created', { type: 'member', id: member.id }, ['name', 'email', 'role', 'password']);
  await tx.delete(schema.setupLinks);
  await announceChange(tx, { topic: 'settings', organizationId: organization.id });
  return { organization, member };
}

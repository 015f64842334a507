import { schema } from '@pipelines/database';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../audit/record-audit.ts';
import type { IdentityContext } from '../identity-context.ts';
import { foundOrganization } from './found-organization.ts';
import { lockFounding } from './lock-founding.ts';

/** The first admin, given by the operator. */
export interface Bootstrap {
  readonly email: string;
  readonly password: string;
  /** Becomes an admin key of the organization; it belongs to nobody in particular. */
  readonly apiKey: string | null;
}

/**
 * Creates the organization without a browser. Does nothing where one exists, so the operator's
 * settings may stay in place.
 *
 * @returns whether it was created
 */
export async function bootstrapOrganization(context: IdentityContext, bootstrap: Bootstrap): Promise<boolean> {
  const { database, passwords, keyIndex } = context;
  const passwordHash = await passwords.hash(bootstrap.password);
  return database.db.transaction(async (tx) => {
    if ((await lockFounding(tx)).founded) return false;
    const { organization, member } = await foundOrganization(tx, {
      organizationName: 'My organization',
      name: 'Admin',
      email: bootstrap.email,
      passwordHash,
    });
    if (bootstrap.apiKey === null) return true;
    const id = uuidv7();
    await tx.insert(schema.apiKeys).values({
      organizationId: organization.id,
      id,
      name: 'Bootstrap',
      keyHash: keyIndex.hashKey(bootstrap.apiKey),
      lastFour: bootstrap.apiKey.slice(-4),
      role: 'admin',
    });
    const system = { organizationId: member.organizationId, actor: { type: 'system', id: null } } as const;
    await recordAudit(tx, system, 'api_key.created', { type: 'api_key', id }, ['name', 'role']);
    return true;
  });
}

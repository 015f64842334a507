import type { Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { v7 as uuidv7 } from 'uuid';

/** What a change was made to, such as `{ type: 'model', id: 'acme-llama' }`. */
export interface AuditObject {
  readonly type: string;
  readonly id: string | null;
}

/**
 * Writes down who changed what, in the transaction that makes the change: both happen or neither.
 *
 * @param action such as `model.created`
 * @param fieldNames names of the fields that changed, never their values
 */
export async function recordAudit(
  tx: Transaction,
  principal: Pick<Principal, 'organizationId' | 'actor'>,
  action: string,
  object: AuditObject,
  fieldNames: readonly string[] = [],
): Promise<void> {
  await tx.insert(schema.auditLog).values({
    organizationId: principal.organizationId,
    id: uuidv7(),
    actorType: principal.actor.type,
    actorId: principal.actor.id,
    action,
    objectType: object.type,
    objectId: object.id,
    fieldNames: [...fieldNames],
  });
}

import { PipelinesError, type Principal } from '@pipelines/contracts';
import { announceChange, schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { validate } from 'uuid';
import { noPrevious } from './credentials/settle-trial.ts';
import { findUsingModels } from './credentials/using-models.ts';
import type { RegistryContext } from './registry-context.ts';

const namesShown = 5;

/**
 * Overwrites the secret of a credential that no active model uses; its row stays for its history. A model that used it
 * and is taken back asks for another one.
 *
 * @throws PipelinesError `credential_in_use` with the count and names, `not_found`
 */
export async function deleteCredential({ database, refresh }: RegistryContext, principal: Principal, id: string): Promise<void> {
  const { organizationId } = principal;
  const { credentials } = schema;
  if (!validate(id)) throw new PipelinesError('not_found');
  const ofCredential = and(eq(credentials.organizationId, organizationId), eq(credentials.id, id), isNull(credentials.deletedAt));
  await database.db.transaction(async (tx) => {
    // Whoever saves or takes back a model holds its credential too, so that neither comes in between.
    const [row] = await tx.select({ id: credentials.id }).from(credentials).where(ofCredential).for('update');
    if (!row) throw new PipelinesError('not_found', { detail: 'There is no such credential.' });
    const using = await findUsingModels(tx, organizationId, id);
    if (using.length > 0) throw inUse(using.map((model) => model.displayName));
    await tx
      .update(credentials)
      .set({ sealed: null, ...noPrevious, deletedAt: sql`now()`, updatedAt: sql`now()` })
      .where(ofCredential);
    await recordAudit(tx, principal, 'credential.deleted', { type: 'credential', id }, ['credential']);
    await announceChange(tx, { topic: 'models', organizationId });
  });
  await refresh(organizationId);
}

function inUse(names: readonly string[]): PipelinesError {
  const shown = names
    .slice(0, namesShown)
    .map((name) => `“${name}”`)
    .join(', ');
  const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : '';
  return new PipelinesError('credential_in_use', {
    detail: `${names.length} active ${names.length === 1 ? 'model uses' : 'models use'} this credential: ${shown}${more}.`,
  });
}

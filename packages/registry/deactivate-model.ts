import { PipelinesError, type Principal } from '@pipelines/contracts';
import { announceChange, type Queries, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, sql } from 'drizzle-orm';
import { readDependents } from './list-dependents.ts';
import { findModel, findPlatformModel } from './models/model-rows.ts';
import type { RegistryContext } from './registry-context.ts';
import { aliasesOf } from './routing/aliases.ts';
import { lockDefaultModel, readDefaultModel } from './settings.ts';

const namesShown = 5;

/**
 * Takes a custom model out of use; its row stays for its history, and so does its credential, which other
 * models may share. Repeating it changes nothing.
 *
 * @param options `confirm`: although active workflows or aliases use it
 * @throws PipelinesError `model_in_use` with the count and names, `platform_model_immutable`, `default_model_protected`, `model_not_found`
 */
export async function deactivateModel(
  { database, refresh }: RegistryContext,
  principal: Principal,
  slug: string,
  { confirm }: { readonly confirm: boolean },
): Promise<void> {
  const { organizationId } = principal;
  const { models } = schema;
  await database.db.transaction(async (tx) => {
    await lockDefaultModel(tx, organizationId);
    const found = await findModel(tx, organizationId, slug);
    if (!found) throw await unknownModel(tx, slug);
    if (!found.model.active) return;
    if ((await readDefaultModel(tx, organizationId)) === slug) throw new PipelinesError('default_model_protected');
    if (!confirm) await requireUnused(tx, organizationId, slug);
    await tx
      .update(models)
      .set({ active: false, updatedAt: sql`now()` })
      .where(and(eq(models.organizationId, organizationId), eq(models.slug, slug)));
    await recordAudit(tx, principal, 'model.deactivated', { type: 'model', id: slug }, ['active']);
    await announceChange(tx, { topic: 'models', organizationId });
  });
  await refresh(organizationId);
}

/** Why a slug cannot be changed: it is the operator's, or nobody's. */
export async function unknownModel(db: Queries | Transaction, slug: string): Promise<PipelinesError> {
  return new PipelinesError((await findPlatformModel(db, slug)) ? 'platform_model_immutable' : 'model_not_found');
}

async function requireUnused(tx: Transaction, organizationId: string, slug: string): Promise<void> {
  const { count, data } = await readDependents(tx, organizationId, slug);
  const workflows = [...new Set(data.map((dependent) => dependent.name))];
  const aliases = await aliasesOf(tx, organizationId, slug);
  const told = [
    count > 0 && `${count} active ${count === 1 ? 'workflow uses' : 'workflows use'} this model: ${quote(workflows)}.`,
    aliases.length > 0 && `Programs call it by ${aliases.length === 1 ? 'the alias' : 'the aliases'} ${quote(aliases)}.`,
  ].filter((sentence) => sentence !== false);
  if (told.length > 0) throw new PipelinesError('model_in_use', { detail: told.join(' ') });
}

function quote(names: readonly string[]): string {
  const shown = names
    .slice(0, namesShown)
    .map((name) => `“${name}”`)
    .join(', ');
  return names.length > namesShown ? `${shown} and ${names.length - namesShown} more` : shown;
}

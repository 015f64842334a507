import { type Alias, PipelinesError, type Principal } from '@pipelines/contracts';
import { announceChange, type Queries, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, asc, eq, sql } from 'drizzle-orm';
import { lockNames } from '../models/unique-slug.ts';
import type { RegistryContext } from '../registry-context.ts';
import { requireActiveModel } from '../settings.ts';
import { nameModels } from './name-models.ts';

const { modelAliases, models } = schema;
const maxAliases = 200;

/** Other names of an organization for models, by name. */
export async function listAliases({ database: { db } }: RegistryContext, organizationId: string): Promise<Alias[]> {
  const rows = await db.select().from(modelAliases).where(eq(modelAliases.organizationId, organizationId)).orderBy(asc(modelAliases.name));
  const named = await nameModels(
    db,
    organizationId,
    rows.map(({ slug }) => slug),
  );
  return rows.flatMap(({ name, updatedAt }, index) => {
    const model = named[index];
    return model === undefined ? [] : [{ name, model, updated_at: updatedAt.toISOString() }];
  });
}

/**
 * Gives a model another name. Never one that is a slug, so that none is hidden by it.
 *
 * @throws PipelinesError `already_exists`, `model_not_found`, `model_inactive`, `invalid_request`
 */
export function createAlias(context: RegistryContext, principal: Principal, name: string, slug: string): Promise<Alias> {
  return write(context, principal, name, 'alias.created', async (tx) => {
    await lockNames(tx, principal.organizationId);
    await requireActiveModel(tx, principal.organizationId, slug);
    await requireFree(tx, principal.organizationId, name);
    await tx.insert(modelAliases).values({ organizationId: principal.organizationId, name, slug });
  });
}

/** @throws PipelinesError `not_found`, `model_not_found`, `model_inactive` */
export function updateAlias(context: RegistryContext, principal: Principal, name: string, slug: string): Promise<Alias> {
  return write(context, principal, name, 'alias.updated', async (tx) => {
    await requireActiveModel(tx, principal.organizationId, slug);
    const changed = await tx
      .update(modelAliases)
      .set({ slug, updatedAt: sql`now()` })
      .where(isAlias(principal.organizationId, name))
      .returning({ name: modelAliases.name });
    if (changed.length !== 1) throw noSuchAlias();
  });
}

/** @throws PipelinesError `not_found` */
export async function deleteAlias({ database, refresh }: RegistryContext, principal: Principal, name: string): Promise<void> {
  const { organizationId } = principal;
  await database.db.transaction(async (tx) => {
    const removed = await tx.delete(modelAliases).where(isAlias(organizationId, name)).returning({ name: modelAliases.name });
    if (removed.length !== 1) throw noSuchAlias();
    await recordAudit(tx, principal, 'alias.deleted', { type: 'alias', id: name }, ['name']);
    await announceChange(tx, { topic: 'models', organizationId });
  });
  await refresh(organizationId);
}

async function write(
  context: RegistryContext,
  principal: Principal,
  name: string,
  action: string,
  change: (tx: Transaction) => Promise<void>,
): Promise<Alias> {
  const { organizationId } = principal;
  const { database, refresh } = context;
  await database.db.transaction(async (tx) => {
    await change(tx);
    await recordAudit(tx, principal, action, { type: 'alias', id: name }, ['slug']);
    await announceChange(tx, { topic: 'models', organizationId });
  });
  await refresh(organizationId);
  const alias = (await listAliases(context, organizationId)).find((candidate) => candidate.name === name);
  if (alias === undefined) throw noSuchAlias();
  return alias;
}

async function requireFree(tx: Transaction, organizationId: string, name: string): Promise<void> {
  const ofOrganization = eq(modelAliases.organizationId, organizationId);
  const [model] = await tx
    .select({ slug: models.slug })
    .from(models)
    .where(and(eq(models.organizationId, organizationId), eq(models.slug, name)));
  if (model) throw taken(`"${name}" is the slug of a model.`);
  const [alias] = await tx.select({ slug: modelAliases.slug }).from(modelAliases).where(isAlias(organizationId, name));
  if (alias) throw taken(`"${name}" stands for "${alias.slug}" already.`);
  if ((await tx.$count(modelAliases, ofOrganization)) >= maxAliases) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'name', message: `There are at most ${maxAliases} aliases` }] });
  }
}

function taken(detail: string): PipelinesError {
  return new PipelinesError('already_exists', { detail, fix: 'Choose another name.', fields: [{ field: 'name', message: detail }] });
}

function noSuchAlias(): PipelinesError {
  return new PipelinesError('not_found', { detail: 'There is no such alias.' });
}

function isAlias(organizationId: string, name: string) {
  return and(eq(modelAliases.organizationId, organizationId), eq(modelAliases.name, name));
}

/** Names that stand for a model, which calls by them need. */
export async function aliasesOf(db: Queries | Transaction, organizationId: string, slug: string): Promise<string[]> {
  const rows = await db
    .select({ name: modelAliases.name })
    .from(modelAliases)
    .where(and(eq(modelAliases.organizationId, organizationId), eq(modelAliases.slug, slug)))
    .orderBy(asc(modelAliases.name));
  return rows.map(({ name }) => name);
}

import { type ModelRouting, PipelinesError, type Principal, type UpdateModelRoutingBody } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { ModelRow } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';
import { changeModel, isModel } from './change-model.ts';
import { nameModels } from './name-models.ts';
import type { PlatformPlace } from './platform-routings.ts';
import { readModelRouting } from './read-model-routing.ts';

/**
 * Changes how calls of a model find their way: of a custom model all of it, of a platform model what concerns the
 * organization's own calls. Everything holds from the next call on, in every process.
 *
 * @throws PipelinesError `invalid_request`, `not_found`, `platform_model_immutable` for weights of a platform model,
 * `model_not_found`, `model_inactive`
 */
export async function updateModelRouting(
  context: RegistryContext,
  principal: Principal,
  slug: string,
  body: UpdateModelRoutingBody,
): Promise<ModelRouting> {
  const change = { action: 'model.routing_updated', fieldNames: Object.keys(body) };
  await changeModel(context, principal, slug, change, {
    custom: (tx, model) => updateCustom(tx, model, body),
    platform: (tx, place) => updatePlatform(tx, place, body),
  });
  return readModelRouting(context, principal.organizationId, slug);
}

async function updateCustom(tx: Transaction, model: ModelRow, body: UpdateModelRoutingBody): Promise<void> {
  for (const { credential_id, weight } of body.weights ?? []) await setWeight(tx, model, credential_id, weight);
  if (body.fallbacks !== undefined) await setFallbacks(tx, model, body.fallbacks);
  await tx
    .update(schema.models)
    .set({ ...columnsOf(body), updatedAt: sql`now()` })
    .where(isModel(model));
}

async function updatePlatform(tx: Transaction, place: PlatformPlace, { weights = [], ...body }: UpdateModelRoutingBody): Promise<void> {
  if (weights.length > 0) {
    throw new PipelinesError('platform_model_immutable', {
      detail: 'A platform model is called with the operator’s credential, so there is no weight to set.',
      fix: 'Leave the weights out.',
    });
  }
  const { platformModelRoutings: routings, platformModelFallbacks: fallbacks } = schema;
  const columns = { ...columnsOf(body), updatedAt: sql`now()` };
  await tx
    .insert(routings)
    .values({ ...place, ...columns })
    .onConflictDoUpdate({ target: [routings.organizationId, routings.slug], set: columns });
  if (body.fallbacks === undefined) return;
  await requireStandIns(tx, place, body.fallbacks);
  const { organizationId, slug: modelSlug } = place;
  await tx.delete(fallbacks).where(and(eq(fallbacks.organizationId, organizationId), eq(fallbacks.modelSlug, modelSlug)));
  if (body.fallbacks.length === 0) return;
  await tx.insert(fallbacks).values(body.fallbacks.map((slug, position) => ({ organizationId, modelSlug, position, slug })));
}

function columnsOf({ max_retries, first_byte_ms, idle_ms, total_ms, cache_seconds }: UpdateModelRoutingBody) {
  return {
    ...(max_retries !== undefined && { maxRetries: max_retries }),
    ...(first_byte_ms !== undefined && { firstByteTimeoutMs: first_byte_ms }),
    ...(idle_ms !== undefined && { idleTimeoutMs: idle_ms }),
    ...(total_ms !== undefined && { totalTimeoutMs: total_ms }),
    ...(cache_seconds !== undefined && { cacheSeconds: cache_seconds }),
  };
}

async function setWeight(tx: Transaction, model: ModelRow, credentialId: string | null, weight: number): Promise<void> {
  if (credentialId === model.credentialId) {
    await tx.update(schema.models).set({ credentialWeight: weight }).where(isModel(model));
    return;
  }
  const { modelCredentials } = schema;
  const changed = await tx
    .update(modelCredentials)
    .set({ weight })
    .where(
      and(
        eq(modelCredentials.organizationId, model.organizationId),
        eq(modelCredentials.modelId, model.id),
        sql`${modelCredentials.credentialId}::text = ${credentialId ?? ''}`,
      ),
    )
    .returning({ weight: modelCredentials.weight });
  if (changed.length !== 1) throw new PipelinesError('not_found', { detail: 'This credential does not serve the model.' });
}

async function setFallbacks(tx: Transaction, model: ModelRow, slugs: readonly string[]): Promise<void> {
  if (model.task !== 'chat' && slugs.length > 0) {
    const message = 'Nothing stands in for an embedding model: vectors of another one would not fit';
    throw new PipelinesError('invalid_request', { fields: [{ field: 'fallbacks', message }] });
  }
  await requireStandIns(tx, model, slugs);
  const { modelFallbacks } = schema;
  const { organizationId, id: modelId } = model;
  await tx.delete(modelFallbacks).where(and(eq(modelFallbacks.organizationId, organizationId), eq(modelFallbacks.modelId, modelId)));
  if (slugs.length === 0) return;
  await tx.insert(modelFallbacks).values(slugs.map((slug, position) => ({ organizationId, modelId, position, slug })));
}

/** Each one is another active model that chats, and named once. */
async function requireStandIns(tx: Transaction, model: PlatformPlace, slugs: readonly string[]): Promise<void> {
  const named = await nameModels(tx, model.organizationId, slugs);
  const embedding = await findEmbedding(tx, model.organizationId, slugs);
  const wrong = named.flatMap(({ slug, display_name, active }, index) => {
    if (slug === model.slug) return [{ field: `fallbacks.${index}`, message: 'A model does not stand in for itself' }];
    if (slugs.indexOf(slug) !== index) return [{ field: `fallbacks.${index}`, message: 'It is in the list already' }];
    if (embedding.has(slug)) return [{ field: `fallbacks.${index}`, message: `${display_name} embeds texts, and does not chat` }];
    return active ? [] : [{ field: `fallbacks.${index}`, message: `There is no active model "${slug}"` }];
  });
  if (wrong.length > 0) throw new PipelinesError('invalid_request', { fields: wrong });
}

/** Those of the slugs that are embedding models: only custom ones are. */
async function findEmbedding(tx: Transaction, organizationId: string, slugs: readonly string[]): Promise<ReadonlySet<string>> {
  if (slugs.length === 0) return new Set();
  const { models } = schema;
  const found = await tx
    .select({ slug: models.slug })
    .from(models)
    .where(and(eq(models.organizationId, organizationId), inArray(models.slug, [...slugs]), eq(models.task, 'embeddings')));
  return new Set(found.map(({ slug }) => slug));
}

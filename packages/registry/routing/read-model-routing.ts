import { type ModelRouting as ModelRoutingView, PipelinesError } from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { and, asc, eq, sql } from 'drizzle-orm';
import { destinationOfRow } from '../credentials/destination-of-row.ts';
import { findModel, findPlatformModel, type ModelRow, type ModelWithCredential } from '../models/model-rows.ts';
import { presentCredential } from '../models/present-model.ts';
import type { RegistryContext } from '../registry-context.ts';
import { callRetries, callTimeouts } from '../snapshot/resolved-model.ts';
import { aliasesOf } from './aliases.ts';
import { nameModels } from './name-models.ts';
import { type LinkedCredential, selectLinkedCredentials } from './routing-rows.ts';

type Route = ModelRoutingView['routes'][number];

const { firstByteMs, idleMs, totalMs } = callTimeouts;
const defaults = { max_retries: callRetries, first_byte_ms: firstByteMs, idle_ms: idleMs, total_ms: totalMs };

/**
 * How calls of a model find their way, as it is set. How its routes fare is what the gateway knows: here each one that
 * could serve is `serving`.
 *
 * @throws PipelinesError `model_not_found`
 */
export async function readModelRouting(
  { database: { db } }: RegistryContext,
  organizationId: string,
  slug: string,
): Promise<ModelRoutingView> {
  const found = await findModel(db, organizationId, slug);
  const names = { aliases: await aliasesOf(db, organizationId, slug), stands_in_for: await readStandingFor(db, organizationId, slug) };
  if (found === null) {
    if (!(await findPlatformModel(db, slug))) throw new PipelinesError('model_not_found');
    return { ...unset, routes: [], fallbacks: [], ...names, defaults };
  }
  const { model } = found;
  const { modelCredentials, modelFallbacks } = schema;
  const linked = await selectLinkedCredentials(
    db,
    and(eq(modelCredentials.organizationId, organizationId), eq(modelCredentials.modelId, model.id)),
  );
  const fallbacks = await db
    .select({ slug: modelFallbacks.slug })
    .from(modelFallbacks)
    .where(and(eq(modelFallbacks.organizationId, organizationId), eq(modelFallbacks.modelId, model.id)))
    .orderBy(asc(modelFallbacks.position));
  return {
    routes: [ownRoute(found), ...linked.map((entry) => linkedRoute(model, entry))],
    fallbacks: await nameModels(
      db,
      organizationId,
      fallbacks.map((fallback) => fallback.slug),
    ),
    max_retries: model.maxRetries,
    first_byte_ms: model.firstByteTimeoutMs,
    idle_ms: model.idleTimeoutMs,
    total_ms: model.totalTimeoutMs,
    cache_seconds: model.cacheSeconds,
    ...names,
    defaults,
  };
}

const unset = { max_retries: null, first_byte_ms: null, idle_ms: null, total_ms: null, cache_seconds: null };

function ownRoute({ model, credential }: ModelWithCredential): Route {
  const { baseUrl, region } = destinationOfRow(model);
  return {
    credential: credential && presentCredential(credential),
    own: true,
    destination: { base_url: baseUrl, region },
    weight: model.credentialWeight,
    proven_at: null,
    state: credential !== null && credential.sealed === null ? 'deleted' : 'serving',
    state_cause: null,
    state_seconds: null,
  };
}

function linkedRoute(model: ModelRow, { link, credential }: LinkedCredential): Route {
  return {
    credential: presentCredential(credential),
    own: false,
    destination: { base_url: credential.baseUrl, region: credential.region },
    weight: link.weight,
    proven_at: link.provenAt.toISOString(),
    state: credential.sealed === null ? 'deleted' : link.provenModelId === model.providerModelId ? 'serving' : 'unproven',
    state_cause: null,
    state_seconds: null,
  };
}

/** The models that a model stands in for, by name. */
export async function readStandingFor(db: Queries, organizationId: string, slug: string): Promise<ModelRoutingView['stands_in_for']> {
  const { models, modelFallbacks } = schema;
  return db
    .select({ slug: models.slug, display_name: models.displayName, active: models.active })
    .from(modelFallbacks)
    .innerJoin(models, and(eq(models.organizationId, modelFallbacks.organizationId), eq(models.id, modelFallbacks.modelId)))
    .where(and(eq(modelFallbacks.organizationId, organizationId), eq(modelFallbacks.slug, slug)))
    .orderBy(sql`lower(${models.displayName})`, models.slug);
}

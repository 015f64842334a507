import { type ModelRouting as ModelRoutingView, PipelinesError } from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { destinationOf } from '@pipelines/providers';
import { and, asc, eq } from 'drizzle-orm';
import { destinationOfRow } from '../credentials/destination-of-row.ts';
import { findModel, findPlatformModel, type ModelRow, type ModelWithCredential } from '../models/model-rows.ts';
import { presentCredential } from '../models/present-model.ts';
import type { RegistryContext } from '../registry-context.ts';
import { callRetries, callTimeouts } from '../snapshot/resolved-model.ts';
import { aliasesOf } from './aliases.ts';
import { nameModels } from './name-models.ts';
import { findPlatformRouting, type PlatformRouting } from './platform-routings.ts';
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
  { database: { db }, platformKey }: RegistryContext,
  organizationId: string,
  slug: string,
): Promise<ModelRoutingView> {
  const found = await findModel(db, organizationId, slug);
  const names = { aliases: await aliasesOf(db, organizationId, slug), stands_in_for: await readStandingFor(db, organizationId, slug) };
  if (found === null) {
    if (!(await findPlatformModel(db, slug))) throw new PipelinesError('model_not_found');
    const set = await findPlatformRouting(db, { organizationId, slug });
    return {
      routes: [operatorsRoute(platformKey)],
      fallbacks: await nameModels(db, organizationId, set?.fallbacks ?? []),
      ...presentSettings(set?.row ?? null),
      ...names,
      defaults,
    };
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
    ...presentSettings(model),
    ...names,
    defaults,
  };
}

/** Null: nothing is set. */
function presentSettings(row: ModelRow | PlatformRouting['row'] | null) {
  return {
    max_retries: row?.maxRetries ?? null,
    first_byte_ms: row?.firstByteTimeoutMs ?? null,
    idle_ms: row?.idleTimeoutMs ?? null,
    total_ms: row?.totalTimeoutMs ?? null,
    cache_seconds: row?.cacheSeconds ?? null,
  };
}

/** Told is the provider's own host: where the operator leads the way to it is not for an organization to see. */
function operatorsRoute(platformKey: RegistryContext['platformKey']): Route {
  const { baseUrl, region } = destinationOf({ provider: 'openrouter', authKind: 'api_key' });
  return {
    credential: null,
    own: true,
    destination: { base_url: baseUrl, region },
    weight: 1,
    proven_at: null,
    state: platformKey === null ? 'deleted' : 'serving',
    state_cause: null,
    state_seconds: null,
  };
}

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
  const { models, modelFallbacks, platformModels, platformModelFallbacks } = schema;
  const custom = await db
    .select({ slug: models.slug, display_name: models.displayName, active: models.active })
    .from(modelFallbacks)
    .innerJoin(models, and(eq(models.organizationId, modelFallbacks.organizationId), eq(models.id, modelFallbacks.modelId)))
    .where(and(eq(modelFallbacks.organizationId, organizationId), eq(modelFallbacks.slug, slug)));
  const platform = await db
    .select({ slug: platformModels.slug, display_name: platformModels.displayName, active: platformModels.active })
    .from(platformModelFallbacks)
    .innerJoin(platformModels, eq(platformModels.slug, platformModelFallbacks.modelSlug))
    .where(and(eq(platformModelFallbacks.organizationId, organizationId), eq(platformModelFallbacks.slug, slug)));
  return [...custom, ...platform].sort((a, b) => a.display_name.localeCompare(b.display_name, 'en') || (a.slug < b.slug ? -1 : 1));
}

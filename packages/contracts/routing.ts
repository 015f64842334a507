import { z } from 'zod';
import { connectionVariants } from './connections.ts';
import { credentialSummarySchema } from './credential-summary.ts';
import { id, timestamp } from './fields.ts';
import { upstreamCauseSchema } from './upstream-causes.ts';

export const maxFallbacks = 4;
export const maxModelCredentials = 10;
export const maxCacheSeconds = 86_400;

/**
 * `serving`: calls go to it. `cooling`: left to the others for a while, because its provider refused it or asked for a
 * pause. `open`: it has failed several times in a row and is not called. `half_open`: the next call decides.
 * `unproven`: no test has passed with the model ID that the model has now, so it does not serve. `deleted`: it has no secret.
 */
export const routeStateSchema = z.enum(['serving', 'cooling', 'open', 'half_open', 'unproven', 'deleted']);
export type RouteState = z.infer<typeof routeStateSchema>;

const weight = z.number().int().min(0).max(100);

/** One credential of a model, and how it fares. */
export const modelRouteSchema = z.object({
  /** Null: the provider wants none, or it is the operator’s, of a platform model. */
  credential: credentialSummarySchema.nullable(),
  /** The model's own, which its edit changes; the others serve beside it. */
  own: z.boolean(),
  destination: z.object({ base_url: z.string(), region: z.string().nullable() }),
  /** How much of the calls it takes next to the others; 0: only when no other can serve. */
  weight,
  /** When a test has last passed with it; null for the model's own, see `last_test`. */
  proven_at: timestamp.nullable(),
  /** As the process that answers has met it. */
  state: routeStateSchema,
  state_cause: upstreamCauseSchema.nullable(),
  /** How long the state lasts; null: it does not end by itself. */
  state_seconds: z.number().int().nullable(),
});
export type ModelRoute = z.infer<typeof modelRouteSchema>;

/** Null: as the product does it, see `defaults`. */
const timeLimits = {
  first_byte_ms: z.number().int().min(500).max(600_000).nullable(),
  idle_ms: z.number().int().min(500).max(600_000).nullable(),
  total_ms: z.number().int().min(1_000).max(3_600_000).nullable(),
};
const maxRetries = z.number().int().min(0).max(5).nullable();
/** How long an answer is given again to exactly the same request, for a chat completion also where only its streaming differs; null: never. */
const cacheSeconds = z.number().int().min(1).max(maxCacheSeconds).nullable();

export const namedModelSchema = z.object({ slug: z.string(), display_name: z.string(), active: z.boolean() });

/** How calls of a model find their way. Of a platform model: those of the organization, as it has set it. */
export const modelRoutingSchema = z.object({
  routes: z.array(modelRouteSchema),
  /** Models that stand in for it, in order, where it cannot answer. */
  fallbacks: z.array(namedModelSchema),
  /** How often a call that the provider has not begun is sent again. */
  max_retries: maxRetries,
  ...timeLimits,
  cache_seconds: cacheSeconds,
  defaults: z.object({
    max_retries: z.number().int(),
    first_byte_ms: z.number().int(),
    idle_ms: z.number().int(),
    total_ms: z.number().int(),
  }),
  /** Other names that stand for it. */
  aliases: z.array(z.string()),
  /** Models that it stands in for. */
  stands_in_for: z.array(namedModelSchema),
});
export type ModelRouting = z.infer<typeof modelRoutingSchema>;

export const updateModelRoutingBodySchema = z
  .strictObject({
    /** Of the credentials that are named; `credential_id` null is the route without one. A platform model has none to set. */
    weights: z.array(z.strictObject({ credential_id: id.nullable(), weight })).max(maxModelCredentials + 1),
    fallbacks: z.array(z.string().min(1).max(300)).max(maxFallbacks, `At most ${maxFallbacks}`),
    max_retries: maxRetries,
    ...timeLimits,
    cache_seconds: cacheSeconds,
  })
  .partial();
export type UpdateModelRoutingBody = z.infer<typeof updateModelRoutingBodySchema>;

/** The tested configuration, with the model's own provider and model ID. The credential may be left out: the test holds it. */
export const addModelCredentialBodySchema = connectionVariants({
  connection_test_id: z.string().min(1).max(128),
  weight: weight.optional(),
});
export type AddModelCredentialBody = z.infer<typeof addModelCredentialBodySchema>;

const aliasName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Lower-case letters and digits, words joined by "-"');

/** Another name of the organization for a model. */
export const aliasSchema = z.object({ name: z.string(), model: namedModelSchema, updated_at: timestamp });
export type Alias = z.infer<typeof aliasSchema>;
export const createAliasBodySchema = z.strictObject({ name: aliasName, slug: z.string().min(1).max(300) });
export const updateAliasBodySchema = z.strictObject({ slug: z.string().min(1).max(300) });

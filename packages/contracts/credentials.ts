import { z } from 'zod';
import { connectionTestSchema } from './connection-tests.ts';
import { credentialSummarySchema } from './credential-summary.ts';
import { decimal, timestamp } from './fields.ts';
import { modelHealthSchema } from './model-health.ts';
import { providerIdSchema } from './providers.ts';

/**
 * `in_use`: nothing to say. `unused`: no active model uses it. `trying`: a new secret is being tried and the one before is
 * kept. `returned`: the new secret was refused, so the one before is used again. `expires_soon`: within seven days.
 */
export const credentialStatusSchema = z.enum(['in_use', 'unused', 'trying', 'returned', 'expires_soon', 'expired']);
export type CredentialStatus = z.infer<typeof credentialStatusSchema>;

export const credentialSchema = credentialSummarySchema.extend({
  provider: providerIdSchema,
  /** The only place where it is sent. */
  destination: z.object({ base_url: z.string(), region: z.string().nullable() }),
  /** Models that use it: active ones first, by name, at most 20. `GET /api/models?credential_id=` lists all active ones. */
  models: z.array(z.object({ slug: z.string(), display_name: z.string(), active: z.boolean(), health: modelHealthSchema })),
  /** How many use it: those that are active, and all. */
  active_model_count: z.number().int(),
  model_count: z.number().int(),
  status: credentialStatusSchema,
  /** What real calls with it say, of whatever model. */
  health: modelHealthSchema,
  /** Whether the end was typed by hand; false: the secret itself tells it, or there is none. */
  expiry_typed: z.boolean(),
  /** A replacement that real calls have not proved yet: previews of the secret that is tried and of the one that is kept. */
  trial: z.object({ preview: z.string(), kept_preview: z.string(), since: timestamp }).nullable(),
  /** The last replacement that the provider refused. The secret before it is used again. */
  refused: z.object({ preview: z.string(), at: timestamp }).nullable(),
  /** Over the last 30 days, as the log knows them; `cost` adds the known costs only, in USD. */
  usage: z.object({ calls: z.number().int(), cost: decimal, unknown_cost_calls: z.number().int() }),
  last_used_at: timestamp.nullable(),
  created_at: timestamp,
});
export type Credential = z.infer<typeof credentialSchema>;

/** The secret fields as in a connection's `credential`, for the auth kind that the credential has. */
const secret = z.record(z.string(), z.unknown());

export const updateCredentialBodySchema = z.strictObject({
  /** When it ends, typed by hand; null: no end is known. Not where the secret itself tells its end. */
  expires_at: timestamp.nullable().optional(),
  /** Takes the place of the stored secret, for every model that uses it and for the same destination. The old one is kept until the new one has worked. */
  credential: secret.optional(),
});
export type UpdateCredentialBody = z.infer<typeof updateCredentialBodySchema>;

export const testCredentialBodySchema = z.strictObject({ credential: secret });

/** What each active model that uses the credential says to a new secret. Nothing has been changed. */
export const credentialTestSchema = z.object({
  data: z.array(
    z.object({
      slug: z.string(),
      display_name: z.string(),
      ...connectionTestSchema.pick({ passed: true, cause: true, message: true, fix: true, latency_ms: true }).shape,
    }),
  ),
  /** Active models that were not tested, because there are more than 50. */
  untested: z.number().int(),
});
export type CredentialTest = z.infer<typeof credentialTestSchema>;

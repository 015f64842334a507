import { z } from 'zod';
import { id, timestamp } from './fields.ts';
import { authKindSchema, providerIdSchema } from './providers.ts';

/** What may be known of a credential: everything but the secret. */
export const credentialSummarySchema = z.object({
  id,
  /** Masked at the time of writing, such as `fw-…9f2c`; a short key is masked whole. */
  preview: z.string(),
  auth_kind: authKindSchema,
  /** When the provider ends it, where the credential itself tells (Bedrock short-term keys). */
  expires_at: timestamp.nullable(),
});
export type CredentialSummary = z.infer<typeof credentialSummarySchema>;

export const credentialSchema = credentialSummarySchema.extend({
  provider: providerIdSchema,
  /** The only place where it is sent. */
  destination: z.object({ base_url: z.string(), region: z.string().nullable() }),
  models: z.array(z.object({ slug: z.string(), display_name: z.string(), active: z.boolean() })),
  created_at: timestamp,
});
export type Credential = z.infer<typeof credentialSchema>;

import { z } from 'zod';
import { id, timestamp } from './fields.ts';
import { authKindSchema } from './providers.ts';

/** What may be known of a credential: everything but the secret. */
export const credentialSummarySchema = z.object({
  id,
  /** Masked at the time of writing, such as `fw-…9f2c`; a short key is masked whole. */
  preview: z.string(),
  auth_kind: authKindSchema,
  /** When the provider ends it: told by the credential itself (Bedrock short-term keys), or typed by hand. */
  expires_at: timestamp.nullable(),
});
export type CredentialSummary = z.infer<typeof credentialSummarySchema>;

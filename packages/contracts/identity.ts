import { z } from 'zod';
import { contentRetentionDaysSchema } from './contents.ts';
import { id, line, timestamp } from './fields.ts';
import { keyRoleSchema, memberRoleSchema, permissions } from './roles.ts';

export const emailSchema = z.string().trim().toLowerCase().max(254).regex(z.regexes.email, 'Not an email address');
export const newPasswordSchema = z.string().min(12, 'At least 12 characters').max(128, 'At most 128 characters');

export const setupStateSchema = z.object({
  /** True while no organization exists: the page then asks for the setup link. */
  needed: z.boolean(),
});
export const setupBodySchema = z.strictObject({
  /** From the setup link that the server printed. */
  token: z.string().min(1).max(128),
  organization_name: line(80),
  name: line(80),
  email: emailSchema,
  password: newPasswordSchema,
});
export type SetupBody = z.infer<typeof setupBodySchema>;

export const signInBodySchema = z.strictObject({ email: emailSchema, password: z.string().min(1).max(128) });

export const sessionSchema = z.object({
  member: z.object({ id, name: z.string(), email: z.string(), role: memberRoleSchema }),
  organization: z.object({ id, name: z.string() }),
  permissions: z.array(z.enum(permissions)),
  expires_at: timestamp,
});
export type Session = z.infer<typeof sessionSchema>;

export const sessionEntrySchema = z.object({
  id,
  created_at: timestamp,
  last_seen_at: timestamp,
  /** What the browser calls itself. */
  user_agent: z.string().nullable(),
  current: z.boolean(),
});
export type SessionEntry = z.infer<typeof sessionEntrySchema>;

export const changePasswordBodySchema = z.strictObject({ current_password: z.string().min(1).max(128), new_password: newPasswordSchema });

export const memberSchema = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role: memberRoleSchema,
  active: z.boolean(),
  created_at: timestamp,
  last_seen_at: timestamp.nullable(),
});
export type Member = z.infer<typeof memberSchema>;
export const updateMemberBodySchema = z.strictObject({ name: line(80).optional(), role: memberRoleSchema.optional() });

export const invitationSchema = z.object({
  id,
  email: z.string(),
  role: memberRoleSchema,
  created_at: timestamp,
  expires_at: timestamp,
});
export type Invitation = z.infer<typeof invitationSchema>;
export const createInvitationBodySchema = z.strictObject({ email: emailSchema, role: memberRoleSchema });
/** The link is shown once, to be handed over by the admin. */
export const createdInvitationSchema = invitationSchema.extend({ link: z.string() });
export const acceptInvitationBodySchema = z.strictObject({
  token: z.string().min(1).max(128),
  name: line(80),
  password: newPasswordSchema,
});

/** What becomes of a request that asks for a capability that the model does not have. */
export const onUnsupportedSchema = z.enum(['refuse', 'drop']);
export type OnUnsupported = z.infer<typeof onUnsupportedSchema>;

export const apiKeySchema = z.object({
  id,
  name: z.string(),
  /** The last four characters; the key itself is shown once, when it is made. */
  last_four: z.string(),
  role: keyRoleSchema,
  /** Slugs that it may call; null means every model of the organization. */
  allowed_models: z.array(z.string()).nullable(),
  /** `refuse`: with 400. `drop`: what asks for it is left out, and told in `X-Pipelines-Changes`. */
  on_unsupported: onUnsupportedSchema,
  expires_at: timestamp.nullable(),
  revoked_at: timestamp.nullable(),
  created_by: z.string().nullable(),
  created_at: timestamp,
  last_used_at: timestamp.nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;
export const createApiKeyBodySchema = z.strictObject({
  name: line(80),
  role: keyRoleSchema.default('inference'),
  allowed_models: z.array(z.string().min(1).max(300)).min(1).max(200).nullable().optional(),
  on_unsupported: onUnsupportedSchema.default('refuse'),
  expires_at: timestamp.nullable().optional(),
});
export const createdApiKeySchema = apiKeySchema.extend({ key: z.string() });

/** `ppl_` and 160 random bits in lower-case hex. */
export const apiKeyPattern = /^ppl_[0-9a-f]{40}$/;
export const apiKeyTextSchema = z.string().regex(apiKeyPattern, 'An API key is "ppl_" and 40 lower-case hex digits');

export const organizationSettingsSchema = z.object({
  organization_name: z.string(),
  /** What a new step or chat starts with. */
  default_model: z.string().nullable(),
  /** For how many days requests and answers are kept, sealed; null: they are not. */
  content_retention_days: contentRetentionDaysSchema.nullable(),
});
export type OrganizationSettings = z.infer<typeof organizationSettingsSchema>;
export const updateSettingsBodySchema = z.strictObject({
  organization_name: line(80).optional(),
  default_model: z.string().min(1).max(300).optional(),
  /** Null switches content logging off, and deletes at once what was kept. */
  content_retention_days: contentRetentionDaysSchema.nullable().optional(),
});

export const auditEntrySchema = z.object({
  id,
  at: timestamp,
  actor: z.object({ type: z.enum(['member', 'api_key', 'system']), id: z.string().nullable(), name: z.string().nullable() }),
  action: z.string(),
  object_type: z.string(),
  object_id: z.string().nullable(),
  /** Names of the fields that changed, never their values. */
  field_names: z.array(z.string()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Who is calling: decided once, from a session or an API key, and handed down. */
export interface Principal {
  readonly organizationId: string;
  readonly actor:
    | { readonly type: 'member'; readonly id: string }
    | { readonly type: 'api_key'; readonly id: string }
    | { readonly type: 'system'; readonly id: null };
  readonly role: z.infer<typeof keyRoleSchema>;
  /** Slugs that an API key is limited to; null means all. */
  readonly allowedModels: ReadonlySet<string> | null;
  /** As the API key says. Left out: `refuse`. */
  readonly onUnsupported?: OnUnsupported;
}

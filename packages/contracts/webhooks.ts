import { z } from 'zod';
import { id, pageOf, pageQuery, timestamp } from './fields.ts';
import { budgetPeriodSchema, budgetSchema } from './limits.ts';

export const webhookSchema = z.object({
  id,
  url: z.string(),
  /** False: it is told of nothing new. */
  enabled: z.boolean(),
  /** Null until something was sent. */
  last_delivery: z.object({ state: z.enum(['waiting', 'delivered', 'failed']), at: timestamp }).nullable(),
  created_at: timestamp,
});
export type Webhook = z.infer<typeof webhookSchema>;
export const webhookPageSchema = pageOf(webhookSchema);
export const webhookQuerySchema = z.object(pageQuery);

export const createWebhookBodySchema = z.strictObject({
  /** Where alerts are posted to. `https`, and nothing secret in it: it is shown. */
  url: z.string().trim().min(1, 'Required').max(2048, 'At most 2,048 characters'),
});
/** `secret`: `whsec_` and a key in base64, which signs what is sent. Shown once. */
export const createdWebhookSchema = webhookSchema.extend({ secret: z.string() });
export type CreatedWebhook = z.infer<typeof createdWebhookSchema>;
export const updateWebhookBodySchema = z.strictObject({ enabled: z.boolean() });

export const webhookDeliverySchema = z.object({
  /** Sent as `webhook-id`: the same each time that the message is sent. */
  id,
  type: z.enum(['budget.reached', 'test']),
  /** Waiting ones are sent again. */
  state: z.enum(['waiting', 'delivered', 'failed']),
  tries: z.number().int(),
  next_try_at: timestamp.nullable(),
  /** What the address answered last. */
  last_status: z.number().int().nullable(),
  /** What came of the last try, in one sentence of ours; null before it. */
  message: z.string().nullable(),
  created_at: timestamp,
  delivered_at: timestamp.nullable(),
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;
export const webhookDeliveryPageSchema = pageOf(webhookDeliverySchema);

/** What is posted. Receivers tell repeated ones by `id`. */
export const webhookMessageSchema = z.object({
  id,
  type: z.enum(['budget.reached', 'test']),
  created_at: timestamp,
  organization: z.object({ id, name: z.string() }),
  /** Null in a test. */
  budget: budgetSchema
    .pick({ id: true, subject_type: true, subject_id: true, subject_name: true, amount: true, spent: true, starts_at: true })
    .extend({
      period: budgetPeriodSchema,
      /** Percent of the amount. */
      threshold: z.number().int(),
    })
    .nullable(),
});
export type WebhookMessage = z.infer<typeof webhookMessageSchema>;

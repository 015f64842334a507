import { z } from 'zod';
import { decimal, id, pageOf, pageQuery, timestamp } from './fields.ts';

/** What a call limit or a budget is on: the organization, or one of its API keys, members or models. */
export const limitSubjectTypes = ['organization', 'api_key', 'member', 'model'] as const;
export const limitSubjectTypeSchema = z.enum(limitSubjectTypes);
export type LimitSubjectType = z.infer<typeof limitSubjectTypeSchema>;

/** The ID of an API key or a member, the slug of a model. */
const subjectId = z.string().min(1).max(300);

const subjectFields = {
  subject_type: limitSubjectTypeSchema,
  /** Null for the organization. */
  subject_id: z.string().nullable(),
  subject_name: z.string(),
};

const bodySubject = {
  subject_type: limitSubjectTypeSchema,
  /** Left out for the organization. A member's limits hold for the API keys that they made, too. */
  subject_id: subjectId.nullable().optional(),
};

const querySubject = { subject_type: limitSubjectTypeSchema.optional(), subject_id: subjectId.optional() };

const count = (most: number) => z.number().int().positive().max(most).nullable();

const limitFields = {
  /** Null: no limit. */
  requests_per_minute: count(1_000_000),
  /** Of prompts and answers. */
  tokens_per_minute: count(1_000_000_000),
  /** Calls that are out at the same time. */
  concurrent_calls: count(100_000),
};

export const callLimitSchema = z.object({
  ...subjectFields,
  ...limitFields,
  /** What counts right now, over all processes; a second old at most. */
  now: z.object({ requests: z.number().int(), tokens: z.number().int(), concurrent: z.number().int() }),
});
export type CallLimit = z.infer<typeof callLimitSchema>;
export const callLimitPageSchema = pageOf(callLimitSchema);
export const callLimitQuerySchema = z.object({ ...pageQuery, ...querySubject });

/** A field that is left out stays as it is; null lifts that limit. */
export const setCallLimitBodySchema = z.strictObject({
  ...bodySubject,
  requests_per_minute: limitFields.requests_per_minute.optional(),
  tokens_per_minute: limitFields.tokens_per_minute.optional(),
  concurrent_calls: limitFields.concurrent_calls.optional(),
});
export type SetCallLimitBody = z.infer<typeof setCallLimitBodySchema>;

/** Days and months are those of UTC; `total` begins with the budget and never anew. */
export const budgetPeriods = ['day', 'month', 'total'] as const;
export const budgetPeriodSchema = z.enum(budgetPeriods);
export type BudgetPeriod = z.infer<typeof budgetPeriodSchema>;

/** USD. */
const amount = decimal
  .regex(/^\d{1,7}(\.\d{1,6})?$/, 'An amount in USD, such as 25 or 0.50')
  .refine((value) => /[1-9]/.test(value), 'More than zero');

/** Parts of a budget, in percent, that are told: once each in a period. */
export const alertThresholds = [50, 80, 100] as const;
export type AlertThreshold = (typeof alertThresholds)[number];
const thresholdSchema = z.literal([...alertThresholds]);

export const budgetSchema = z.object({
  id,
  ...subjectFields,
  period: budgetPeriodSchema,
  /** USD. */
  amount: decimal,
  /** True: calls of models whose price is not known are refused. False: they are let through, and cannot be counted. */
  refuse_unknown_prices: z.boolean(),
  /** This period. */
  starts_at: timestamp,
  /** When it begins anew; null for `total`. */
  ends_at: timestamp.nullable(),
  /** USD, as the log says: complete but for the last second. */
  spent: decimal,
  /** USD that running calls may still cost, and what the servers have set aside for the next ones. */
  held: decimal,
  /** Calls of this period whose cost nobody knows. They are not in `spent`. */
  uncounted_calls: z.number().int(),
  /** The highest that was reached in this period with this amount. */
  reached: thresholdSchema.nullable(),
  created_at: timestamp,
});
export type Budget = z.infer<typeof budgetSchema>;
export const budgetPageSchema = pageOf(budgetSchema);
export const budgetQuerySchema = z.object({
  ...pageQuery,
  ...querySubject,
  /** Only those that have reached so many percent. */
  reached: z.coerce.number().pipe(thresholdSchema).optional(),
});

export const createBudgetBodySchema = z.strictObject({
  ...bodySubject,
  period: budgetPeriodSchema,
  amount,
  refuse_unknown_prices: z.boolean().default(false),
});
export type CreateBudgetBody = z.infer<typeof createBudgetBodySchema>;
export const updateBudgetBodySchema = z.strictObject({ amount: amount.optional(), refuse_unknown_prices: z.boolean().optional() });
export type UpdateBudgetBody = z.infer<typeof updateBudgetBodySchema>;

import { z } from 'zod';
import { capabilitiesSchema } from './capabilities.ts';
import { decimal, pageOf, pageQuery, timestamp } from './fields.ts';
import { modelHealthSchema } from './model-health.ts';
import { priceTierSchema } from './prices.ts';

/** One reading of the source's model list. A failed one is an answer, not an error. */
export const catalogueSyncSchema = z.object({
  at: timestamp,
  outcome: z.enum(['updated', 'unchanged', 'failed']),
  /** What happened, in a sentence. */
  message: z.string(),
  /** The way out, after a failure. */
  fix: z.string().nullable(),
  /** Models that the source lists. */
  models: z.number().int(),
  changes: z.number().int(),
});
export type CatalogueSync = z.infer<typeof catalogueSyncSchema>;

export const catalogueSchema = z.object({
  last_sync: catalogueSyncSchema.nullable(),
  /** When it is read again by itself; null: only when asked. */
  next_sync_at: timestamp.nullable(),
  /** Models that are offered here. */
  offered: z.number().int(),
  /** Models that the source is known to have, those included. */
  known: z.number().int(),
});
export type Catalogue = z.infer<typeof catalogueSchema>;

/** A model of the source, offered here or not. */
export const catalogueModelSchema = z.object({
  slug: z.string(),
  display_name: z.string(),
  offered: z.boolean(),
  /** What real calls of the organization say of it. */
  health: modelHealthSchema,
  listed: z.boolean(),
  retires_on: z.iso.date().nullable(),
  context_tokens: z.number().int().nullable(),
  max_tokens: z.number().int().nullable(),
  capabilities: capabilitiesSchema,
  reasoning_efforts: z.array(z.string()).nullable(),
  input_cost_per_token: decimal.nullable(),
  output_cost_per_token: decimal.nullable(),
  price_tiers: z.array(priceTierSchema),
});
export type CatalogueModel = z.infer<typeof catalogueModelSchema>;
export const catalogueModelPageSchema = pageOf(catalogueModelSchema);
export const catalogueModelQuerySchema = z.object({
  ...pageQuery,
  offered: z.enum(['true', 'false']).optional(),
  search: z.string().max(200).optional(),
});

export const catalogueChangeKinds = ['added', 'changed', 'delisted', 'relisted', 'pinned', 'unpinned'] as const;

/** What was news about a model. */
export const catalogueChangeSchema = z.object({
  id: z.string(),
  at: timestamp,
  slug: z.string(),
  display_name: z.string(),
  kind: z.enum(catalogueChangeKinds),
  /** Of `changed`: fields of a model with their values before and after. */
  fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
});
export type CatalogueChange = z.infer<typeof catalogueChangeSchema>;
export const catalogueChangePageSchema = pageOf(catalogueChangeSchema);
export const catalogueChangeQuerySchema = z.object({
  ...pageQuery,
  /** `offered`: only of models that are offered here. */
  of: z.enum(['offered', 'all']).default('offered'),
  slug: z.string().max(300).optional(),
});

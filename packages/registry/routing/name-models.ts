import type { namedModelSchema } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';

type NamedModel = z.infer<typeof namedModelSchema>;

/** Slugs with the names of their models, custom or platform, in the same order. One that is gone is named by its slug. */
export async function nameModels(db: Queries | Transaction, organizationId: string, slugs: readonly string[]): Promise<NamedModel[]> {
  if (slugs.length === 0) return [];
  const { models, platformModels } = schema;
  const wanted = [...slugs];
  const custom = await db
    .select({ slug: models.slug, display_name: models.displayName, active: models.active })
    .from(models)
    .where(and(eq(models.organizationId, organizationId), inArray(models.slug, wanted)));
  const platform = await db
    .select({ slug: platformModels.slug, display_name: platformModels.displayName, active: platformModels.active })
    .from(platformModels)
    .where(and(inArray(platformModels.slug, wanted), eq(platformModels.pinned, true)));
  const known = new Map([...platform, ...custom].map((model) => [model.slug, model]));
  return slugs.map((slug) => known.get(slug) ?? { slug, display_name: slug, active: false });
}

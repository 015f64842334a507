import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq } from 'drizzle-orm';

const { platformModelFallbacks: fallbacks, platformModelRoutings: routings } = schema;

/** A platform model in the calls of one organization. */
export interface PlatformPlace {
  readonly organizationId: string;
  readonly slug: string;
}

/** What an organization has set for its own calls of a platform model. */
export interface PlatformRouting {
  readonly row: typeof routings.$inferSelect;
  /** Slugs, in order. */
  readonly fallbacks: readonly string[];
}

/** Every model that something is set for; by one organization, or by all. */
export async function readPlatformRoutings(db: Queries | Transaction, organizationId: string | null): Promise<PlatformRouting[]> {
  const rows = await db
    .select()
    .from(routings)
    .where(organizationId === null ? undefined : eq(routings.organizationId, organizationId));
  if (rows.length === 0) return [];
  const standIns = await db
    .select()
    .from(fallbacks)
    .where(organizationId === null ? undefined : eq(fallbacks.organizationId, organizationId))
    .orderBy(asc(fallbacks.position));
  const byPlace = new Map<string, { row: PlatformRouting['row']; fallbacks: string[] }>();
  for (const row of rows) byPlace.set(placeKey(row.organizationId, row.slug), { row, fallbacks: [] });
  for (const { organizationId: owner, modelSlug, slug } of standIns) byPlace.get(placeKey(owner, modelSlug))?.fallbacks.push(slug);
  return [...byPlace.values()];
}

const placeKey = (organizationId: string, slug: string) => `${organizationId}/${slug}`;

/** What an organization has set for one model; null: nothing. */
export async function findPlatformRouting(
  db: Queries | Transaction,
  { organizationId, slug }: PlatformPlace,
): Promise<PlatformRouting | null> {
  const [row] = await db
    .select()
    .from(routings)
    .where(and(eq(routings.organizationId, organizationId), eq(routings.slug, slug)));
  if (row === undefined) return null;
  const standIns = await db
    .select({ slug: fallbacks.slug })
    .from(fallbacks)
    .where(and(eq(fallbacks.organizationId, organizationId), eq(fallbacks.modelSlug, slug)))
    .orderBy(asc(fallbacks.position));
  return { row, fallbacks: standIns.map((standIn) => standIn.slug) };
}

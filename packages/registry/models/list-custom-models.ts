import type { Capability, ModelListQuery, ModelStatus } from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import { usesCredential } from '../credentials/using-models.ts';
import { hasHealth } from '../health/has-health.ts';
import type { ListCursor } from './list-cursor.ts';
import type { ModelWithCredential } from './model-rows.ts';
import { searchPattern } from './search-pattern.ts';

const { models, credentials } = schema;

const capabilityColumns = {
  json_mode: models.jsonMode,
  vision: models.vision,
  tool_use: models.toolUse,
  reasoning: models.reasoning,
} satisfies Record<Capability, unknown>;

/** The words of `present-model.ts` as conditions; a custom model is never `not_configured`. */
const statusConditions: Record<ModelStatus, SQL> = {
  ready: sql`${models.active} and ${models.untestedSince} is null and ${models.lastTestPassed}`,
  failing: sql`${models.active} and ${models.untestedSince} is null and not ${models.lastTestPassed}`,
  untested: sql`${models.active} and (${models.untestedSince} is not null or ${models.lastTestPassed} is null)`,
  not_configured: sql`false`,
  deactivated: sql`not ${models.active}`,
};

export interface CustomModelsPart {
  readonly after: Extract<ListCursor, { kind: 'custom' }> | null;
  readonly limit: number;
}

/** Custom models by name in any case, then by slug: the next ones after the cursor. */
export function listCustomModels(
  db: Queries,
  organizationId: string,
  { capability, status, provider, search, task, slugs: named, credential_id: credentialId, health }: ModelListQuery,
  { after, limit }: CustomModelsPart,
): Promise<(ModelWithCredential & { readonly sortKey: string })[]> {
  const sortKey = sql<string>`lower(${models.displayName})`;
  const wanted = search?.trim();
  return db
    .select({ model: models, credential: credentials, sortKey })
    .from(models)
    .leftJoin(credentials, and(eq(credentials.organizationId, models.organizationId), eq(credentials.id, models.credentialId)))
    .where(
      and(
        eq(models.organizationId, organizationId),
        status !== undefined ? statusConditions[status] : named === undefined ? models.active : undefined,
        named === undefined ? undefined : inArray(models.slug, named.replaceAll('\0', '').split(',')),
        capability && capabilityColumns[capability],
        provider && eq(models.provider, provider),
        credentialId === undefined ? undefined : isUuid(credentialId) ? usesCredential(db, credentialId) : sql`false`,
        task && eq(models.task, task),
        health && hasHealth(sql`${models.slug}`, organizationId, health),
        wanted ? searchCondition(wanted) : undefined,
        after ? sql`(${sortKey}, ${models.slug}) > (${after.sortKey}, ${after.slug})` : undefined,
      ),
    )
    .orderBy(asc(sortKey), asc(models.slug))
    .limit(limit);
}

/**
 * The text itself anywhere in the name, the slug or the ID, in any case: `%` and `_` mean themselves. Each row is lowered
 * once: three `ilike` take three times as long.
 */
function searchCondition(text: string): SQL {
  const { displayName, slug, providerModelId } = models;
  return sql`lower(${displayName} || E'\\n' || ${slug} || E'\\n' || ${providerModelId}) like lower(${searchPattern(text)})`;
}

import { type catalogueChangePageSchema, type catalogueChangeQuerySchema, PipelinesError } from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { validate } from 'uuid';
import type { z } from 'zod';

const { catalogueChanges, platformModels } = schema;

/** Newest first. The IDs are ordered by time, so the last one of a page is its cursor. @throws PipelinesError `invalid_request` for a cursor that is none */
export async function listCatalogueChanges(
  db: Queries,
  { limit, cursor, of, slug }: z.output<typeof catalogueChangeQuerySchema>,
): Promise<z.infer<typeof catalogueChangePageSchema>> {
  if (cursor !== undefined && !validate(cursor)) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
  }
  const offered = db.select({ slug: platformModels.slug }).from(platformModels).where(eq(platformModels.pinned, true));
  const rows = await db
    .select()
    .from(catalogueChanges)
    .where(
      and(
        cursor ? lt(catalogueChanges.id, cursor) : undefined,
        of === 'offered' ? inArray(catalogueChanges.slug, offered) : undefined,
        slug === undefined ? undefined : eq(catalogueChanges.slug, slug.replaceAll('\0', '')),
      ),
    )
    .orderBy(desc(catalogueChanges.id))
    .limit(limit + 1);
  const data = rows.slice(0, limit).map(({ id, at, displayName, kind, fields, ...row }) => ({
    id,
    at: at.toISOString(),
    slug: row.slug,
    display_name: displayName,
    kind,
    fields,
  }));
  return { data, next_cursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
}

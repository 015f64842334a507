import type { Principal, toolEndpointListQuerySchema, toolEndpointPageSchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, desc, eq, getTableColumns, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { cursorMoment, isAfterCursor, toPage } from '../../list-cursor.ts';
import type { ToolsContext } from '../tools-context.ts';
import { presentToolEndpoint } from './present-tool-endpoint.ts';
import { readTools } from './tool-endpoint-rows.ts';

const { toolEndpoints } = schema;

/** One page, newest first. @throws PipelinesError `invalid_request` for a cursor that is none */
export async function listToolEndpoints(
  { database: { db } }: ToolsContext,
  { organizationId }: Principal,
  { limit, cursor }: z.output<typeof toolEndpointListQuerySchema>,
): Promise<z.infer<typeof toolEndpointPageSchema>> {
  const found = await db
    .select({ ...getTableColumns(toolEndpoints), cursorAt: cursorMoment(toolEndpoints.createdAt) })
    .from(toolEndpoints)
    .where(
      and(
        eq(toolEndpoints.organizationId, organizationId),
        isNull(toolEndpoints.deletedAt),
        cursor === undefined ? undefined : isAfterCursor(cursor, toolEndpoints.createdAt, toolEndpoints.id),
      ),
    )
    .orderBy(desc(toolEndpoints.createdAt), desc(toolEndpoints.id))
    .limit(limit + 1);
  const { rows, nextCursor } = toPage(found, limit, (row) => row.id);
  const toolsOf = await readTools(
    db,
    organizationId,
    rows.map((row) => row.id),
  );
  return { data: rows.map((row) => presentToolEndpoint(row, toolsOf(row.id))), next_cursor: nextCursor };
}

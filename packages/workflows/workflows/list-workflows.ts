import type { Principal, workflowListQuerySchema, workflowPageSchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, desc, eq, getTableColumns, ilike } from 'drizzle-orm';
import type { z } from 'zod';
import { cursorMoment, isAfterCursor, toPage } from '../list-cursor.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { presentSummary } from './present-workflow.ts';
import { countTasks } from './task-counts.ts';

const { workflows } = schema;
const { draft: _draft, ...head } = getTableColumns(workflows);

/**
 * One page, last changed first, without the drafts. `search` looks for a part of the name in any case.
 *
 * @throws PipelinesError `invalid_request` for a cursor that is none
 */
export async function listWorkflows(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  query: z.output<typeof workflowListQuerySchema>,
): Promise<z.infer<typeof workflowPageSchema>> {
  const found = await db
    .select({ ...head, cursorAt: cursorMoment(workflows.updatedAt) })
    .from(workflows)
    .where(
      and(
        eq(workflows.organizationId, organizationId),
        eq(workflows.ofEvaluation, false),
        query.state === undefined ? undefined : eq(workflows.state, query.state),
        query.search === undefined ? undefined : ilike(workflows.name, `%${query.search.replace(/[\\%_]/g, '\\$&')}%`),
        query.cursor === undefined ? undefined : isAfterCursor(query.cursor, workflows.updatedAt, workflows.id),
      ),
    )
    .orderBy(desc(workflows.updatedAt), desc(workflows.id))
    .limit(query.limit + 1);
  const { rows, nextCursor } = toPage(found, query.limit, (row) => row.id);
  const counts = await countTasks(
    db,
    organizationId,
    rows.map((row) => row.id),
  );
  return { data: rows.map((row) => presentSummary(row, counts(row.id))), next_cursor: nextCursor };
}

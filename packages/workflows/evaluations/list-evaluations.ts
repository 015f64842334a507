import type { EvaluationSummary, evaluationPageSchema, Principal } from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { and, asc, desc, eq, getTableColumns, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { cursorMoment, isAfterCursor, toPage } from '../list-cursor.ts';
import type { WorkflowsContext } from '../workflows-context.ts';

const { datasets, evaluationCandidates, evaluations, workflows } = schema;
const { checks: _checks, ...head } = getTableColumns(evaluations);

/** One page, newest first. @throws PipelinesError `invalid_request` for a cursor that is none */
export async function listEvaluations(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<z.infer<typeof evaluationPageSchema>> {
  const found = await db
    .select({ ...head, workflow: workflows.name, dataset: datasets.name, cursorAt: cursorMoment(evaluations.createdAt) })
    .from(evaluations)
    .innerJoin(workflows, and(eq(workflows.organizationId, evaluations.organizationId), eq(workflows.id, evaluations.workflowId)))
    .innerJoin(datasets, and(eq(datasets.organizationId, evaluations.organizationId), eq(datasets.id, evaluations.datasetId)))
    .where(
      and(
        eq(evaluations.organizationId, organizationId),
        cursor === undefined ? undefined : isAfterCursor(cursor, evaluations.createdAt, evaluations.id),
      ),
    )
    .orderBy(desc(evaluations.createdAt), desc(evaluations.id))
    .limit(limit + 1);
  const { rows, nextCursor } = toPage(found, limit, (row) => row.id);
  const candidates = await readCandidates(
    db,
    organizationId,
    rows.map((row) => row.id),
  );
  return {
    data: rows.map((row) => ({
      id: row.id,
      name: row.name,
      workflow: { id: row.workflowId, name: row.workflow },
      dataset: { id: row.datasetId, name: row.dataset },
      state: row.state,
      rows: row.rows,
      candidates: candidates(row.id),
      created_at: row.createdAt.toISOString(),
      finished_at: row.finishedAt?.toISOString() ?? null,
    })),
    next_cursor: nextCursor,
  };
}

async function readCandidates(
  db: Queries,
  organizationId: string,
  ids: readonly string[],
): Promise<(evaluationId: string) => EvaluationSummary['candidates']> {
  const { evaluationId, candidate, label, passRate } = evaluationCandidates;
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ evaluationId, candidate, label, passRate })
          .from(evaluationCandidates)
          .where(and(eq(evaluationCandidates.organizationId, organizationId), inArray(evaluationId, [...ids])))
          .orderBy(asc(candidate));
  return (id) =>
    rows.filter((row) => row.evaluationId === id).map((row) => ({ candidate: row.candidate, label: row.label, pass_rate: row.passRate }));
}

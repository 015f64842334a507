import type { StepRun, ToolCallEntry } from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { and, asc, eq, inArray } from 'drizzle-orm';

const { toolCalls } = schema;

/** The calls of tools by these runs, in the order in which they began. */
export async function readToolCalls(
  db: Queries,
  organizationId: string,
  runIds: readonly string[],
): Promise<(runId: string) => StepRun['tool_calls']> {
  const rows =
    runIds.length === 0
      ? []
      : await db
          .select()
          .from(toolCalls)
          .where(and(eq(toolCalls.organizationId, organizationId), inArray(toolCalls.stepRunId, [...runIds])))
          .orderBy(asc(toolCalls.round), asc(toolCalls.id));
  const byRun = new Map<string, ToolCallEntry[]>();
  for (const row of rows) byRun.set(row.stepRunId, [...(byRun.get(row.stepRunId) ?? []), present(row)]);
  return (runId) => byRun.get(runId) ?? [];
}

function present(row: typeof toolCalls.$inferSelect): ToolCallEntry {
  return {
    id: row.id,
    round: row.round,
    endpoint_id: row.endpointId,
    endpoint_name: row.endpointName,
    tool: row.tool,
    arguments: row.arguments,
    status: row.status,
    result: row.result,
    error: row.error,
    latency_ms: row.latencyMs,
    started_at: row.startedAt.toISOString(),
  };
}

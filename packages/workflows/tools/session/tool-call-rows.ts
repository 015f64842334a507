import { schema } from '@pipelines/database';
import { and, eq, sql } from 'drizzle-orm';
import type { ToolsContext } from '../tools-context.ts';
import type { SessionOwner } from './tool-session.ts';

const { toolCalls, stepRuns } = schema;

export interface BegunCall {
  readonly id: string;
  readonly idempotencyKey: string;
  readonly round: number;
  readonly endpointId: string | null;
  readonly endpointName: string | null;
  readonly tool: string;
  readonly arguments: unknown;
}

export interface EndedCall {
  readonly status: 'succeeded' | 'failed';
  readonly result: string | null;
  readonly error: string | null;
  readonly latencyMs: number;
}

/** What an earlier try of the same run was answered; null where it must be asked (again). */
export async function findAnswered(
  { database: { db } }: ToolsContext,
  { organizationId, stepRunId }: SessionOwner,
  idempotencyKey: string,
): Promise<string | null> {
  const [row] = await db
    .select({ result: toolCalls.result })
    .from(toolCalls)
    .where(
      and(
        eq(toolCalls.organizationId, organizationId),
        eq(toolCalls.stepRunId, stepRunId),
        eq(toolCalls.idempotencyKey, idempotencyKey),
        eq(toolCalls.status, 'succeeded'),
      ),
    );
  return row?.result ?? null;
}

/** Written before the call goes out, so that a crash cannot hide it. A run that is not kept, such as a trial, has a line in the log only. */
export async function beginCall({ database: { db } }: ToolsContext, owner: SessionOwner, call: BegunCall): Promise<void> {
  const { organizationId, stepRunId } = owner;
  const [kept] = await db
    .select({ id: stepRuns.id })
    .from(stepRuns)
    .where(and(eq(stepRuns.organizationId, organizationId), eq(stepRuns.id, stepRunId)));
  if (!kept) return;
  await db
    .insert(toolCalls)
    .values({ organizationId, stepRunId, status: 'running', ...call })
    .onConflictDoUpdate({
      target: [toolCalls.organizationId, toolCalls.stepRunId, toolCalls.idempotencyKey],
      set: { status: 'running', tries: sql`${toolCalls.tries} + 1`, result: null, error: null, latencyMs: null, startedAt: sql`now()` },
    });
}

export async function endCall(
  { database: { db } }: ToolsContext,
  { organizationId, stepRunId }: SessionOwner,
  idempotencyKey: string,
  end: EndedCall,
): Promise<void> {
  await db
    .update(toolCalls)
    .set(end)
    .where(
      and(eq(toolCalls.organizationId, organizationId), eq(toolCalls.stepRunId, stepRunId), eq(toolCalls.idempotencyKey, idempotencyKey)),
    );
}

import type { dependentsSchema, Principal } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { ToolsContext } from '../tools-context.ts';
import { findToolEndpoint } from './tool-endpoint-rows.ts';

type Dependents = z.infer<typeof dependentsSchema>;

/** The active workflows that use an endpoint, by name. @throws PipelinesError `not_found` */
export async function listToolDependents(
  { database: { db } }: ToolsContext,
  { organizationId }: Principal,
  id: string,
): Promise<Dependents> {
  const row = await findToolEndpoint(db, organizationId, id);
  return readToolDependents(db, organizationId, row.id);
}

/** `count` counts workflows, however many of their steps use it. */
export async function readToolDependents(db: Queries | Transaction, organizationId: string, endpointId: string): Promise<Dependents> {
  const { workflowToolReferences: references } = schema;
  const rows = await db
    .select()
    .from(references)
    .where(and(eq(references.organizationId, organizationId), eq(references.endpointId, endpointId), eq(references.active, true)))
    .orderBy(asc(references.workflowName), asc(references.workflowId), asc(references.step));
  const byWorkflow = new Map<string, Dependents['data'][number]>();
  for (const { workflowId, workflowName, version, step } of rows) {
    const known = byWorkflow.get(workflowId);
    if (known) known.steps.push(step);
    else byWorkflow.set(workflowId, { workflow_id: workflowId, name: workflowName, version, steps: [step] });
  }
  return { count: byWorkflow.size, data: [...byWorkflow.values()] };
}

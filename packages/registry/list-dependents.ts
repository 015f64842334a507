import { type dependentsSchema, PipelinesError } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { findModel, findPlatformModel } from './models/model-rows.ts';

export type Dependents = z.infer<typeof dependentsSchema>;

/**
 * The active workflows that use a model, by name; one entry for each published version in use.
 * @throws PipelinesError `model_not_found`
 */
export async function listDependents(db: Queries, organizationId: string, slug: string): Promise<Dependents> {
  const known = (await findModel(db, organizationId, slug)) ?? (await findPlatformModel(db, slug));
  if (!known) throw new PipelinesError('model_not_found');
  return readDependents(db, organizationId, slug);
}

/** `count` counts workflows, however many of their steps use the model. */
export async function readDependents(db: Queries | Transaction, organizationId: string, slug: string): Promise<Dependents> {
  const { workflowModelReferences: references } = schema;
  const rows = await db
    .select()
    .from(references)
    .where(and(eq(references.organizationId, organizationId), eq(references.slug, slug), eq(references.active, true)))
    .orderBy(asc(references.workflowName), asc(references.workflowId), asc(references.version), asc(references.step));
  const byVersion = new Map<string, Dependents['data'][number]>();
  for (const { workflowId, workflowName, version, step } of rows) {
    const key = `${workflowId}/${version}`;
    const known = byVersion.get(key);
    if (known) known.steps.push(step);
    else byVersion.set(key, { workflow_id: workflowId, name: workflowName, version, steps: [step] });
  }
  return { count: new Set(rows.map((row) => row.workflowId)).size, data: [...byVersion.values()] };
}

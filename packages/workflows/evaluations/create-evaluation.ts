import { isDeepStrictEqual } from 'node:util';
import {
  type Candidate,
  type Check,
  checkJsonSchema,
  type createEvaluationBodySchema,
  type Evaluation,
  type Graph,
  PipelinesError,
  type Principal,
} from '@pipelines/contracts';
import { isUniqueViolation, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { keyUsedOtherwise } from '../batches/require-same-rows.ts';
import { findDataset } from '../datasets/dataset-view.ts';
import { memberOf } from '../member-of.ts';
import { writeBatch } from '../tasks/insert-batch.ts';
import { findWorkflow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { readEvaluation } from './evaluation-view.ts';
import { type PlannedCandidate, planCandidates } from './plan-candidates.ts';
import { planJudges } from './plan-judges.ts';

const { evaluations, evaluationCandidates, workflows, workflowVersions } = schema;
type CreateBody = z.output<typeof createEvaluationBodySchema>;

/**
 * Begins to run every row of the dataset through every candidate. The graphs are kept in a workflow of the
 * evaluation's own, and each candidate is a batch of it: the engine that runs batches runs this too.
 *
 * @throws PipelinesError `workflow_incomplete`, `rows_invalid`, `model_not_found`, `model_inactive`, `model_not_allowed`,
 *   `invalid_request`, `not_found`, `already_exists` for a key that was used for another evaluation
 */
export async function createEvaluation(
  context: WorkflowsContext,
  principal: Principal,
  body: CreateBody,
  idempotencyKey: string | null,
): Promise<Evaluation> {
  const { db } = context.database;
  const { organizationId } = principal;
  const earlier = await evaluationOfKey(context, organizationId, idempotencyKey);
  if (earlier !== null) return sameEvaluation(await readEvaluation(db, organizationId, earlier), body);

  requireUsableChecks(body.checks);
  const workflow = await findWorkflow(db, organizationId, body.workflow_id);
  if (workflow.ofEvaluation) throw new PipelinesError('not_found', { detail: 'There is no such workflow.' });
  const dataset = await findDataset(db, organizationId, body.dataset_id);
  const candidates = await planCandidates(context, principal, workflow.id, dataset.id, body.candidates);
  const judges = planJudges(context, principal, body.checks);
  const id = uuidv7();
  try {
    await db.transaction(async (tx) => {
      await insertGraphs(tx, principal, id, body.name, [...candidates.map((each) => each.graph), ...judges]);
      await tx.insert(evaluations).values({
        organizationId,
        id,
        name: body.name,
        workflowId: workflow.id,
        datasetId: dataset.id,
        rows: dataset.rows,
        checks: body.checks,
        idempotencyKey,
        createdBy: memberOf(principal),
      });
      for (const [index, candidate] of candidates.entries()) await insertCandidate(tx, principal, id, index + 1, candidate);
      await recordAudit(tx, principal, 'evaluation.created', { type: 'evaluation', id });
    });
  } catch (error) {
    const first = isUniqueViolation(error, 'evaluations_idempotency_key')
      ? await evaluationOfKey(context, organizationId, idempotencyKey)
      : null;
    if (first !== null) return sameEvaluation(await readEvaluation(db, organizationId, first), body);
    throw error;
  }
  context.engine.wake();
  return readEvaluation(db, organizationId, id);
}

/** @throws PipelinesError `already_exists` where the key was used for another one */
function sameEvaluation(evaluation: Evaluation, body: CreateBody): Evaluation {
  const { name, workflow_id, dataset_id, checks, candidates } = body;
  const made = [evaluation.name, evaluation.workflow.id, evaluation.dataset.id, evaluation.checks, evaluation.candidates.map(candidateOf)];
  const asked: unknown = JSON.parse(JSON.stringify([name, workflow_id, dataset_id, checks, candidates.map(candidateOf)]));
  if (!isDeepStrictEqual(made, asked)) throw keyUsedOtherwise('It has begun another evaluation.');
  return evaluation;
}

const candidateOf = ({ label, version, replacements }: Candidate) => ({ label, version, replacements });

function requireUsableChecks(checks: readonly Check[]): void {
  const faults = checks.flatMap((check, index) => {
    const twice = checks.findIndex((each) => each.name === check.name) !== index;
    if (twice) return [{ field: `checks.${index}.name`, message: `Two checks are called "${check.name}"` }];
    const fault = check.kind === 'json_schema' ? checkJsonSchema(check.schema) : null;
    return fault === null ? [] : [{ field: `checks.${index}.schema`, message: fault }];
  });
  if (faults.length > 0) throw new PipelinesError('invalid_request', { fields: faults });
}

/** Archived from the start: it takes no tasks but those that come with it. */
async function insertGraphs(tx: Transaction, principal: Principal, id: string, name: string, graphs: readonly Graph[]): Promise<void> {
  const { organizationId } = principal;
  const [first] = graphs;
  await tx
    .insert(workflows)
    .values({ organizationId, id, name, state: 'archived', draft: first, ofEvaluation: true, createdBy: memberOf(principal) });
  await tx
    .insert(workflowVersions)
    .values(
      graphs.map((graph, index) => ({ organizationId, workflowId: id, version: index + 1, graph, publishedBy: memberOf(principal) })),
    );
}

async function insertCandidate(
  tx: Transaction,
  principal: Principal,
  evaluationId: string,
  candidate: number,
  { label, version, replacements, rows }: PlannedCandidate,
): Promise<void> {
  const { organizationId } = principal;
  const place = { organizationId, workflowId: evaluationId, version: candidate };
  const batchId = await writeBatch(tx, place, rows, { name: label, idempotencyKey: null, createdBy: memberOf(principal) });
  await tx.insert(evaluationCandidates).values({ organizationId, evaluationId, candidate, label, version, replacements, batchId });
}

async function evaluationOfKey({ database: { db } }: WorkflowsContext, organizationId: string, key: string | null): Promise<string | null> {
  if (key === null) return null;
  const [row] = await db
    .select({ id: evaluations.id })
    .from(evaluations)
    .where(and(eq(evaluations.organizationId, organizationId), eq(evaluations.idempotencyKey, key)));
  return row?.id ?? null;
}

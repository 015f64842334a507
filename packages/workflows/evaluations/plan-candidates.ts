import { type Candidate, checkGraph, findMisplaced, type Graph, PipelinesError, type Principal, replaceModels } from '@pipelines/contracts';
import { inputFields, requireAllowedModels } from '../tasks/create-tasks.ts';
import type { TakenRow } from '../tasks/task-row.ts';
import { requireComplete } from '../versions/publish-workflow.ts';
import { findVersion } from '../versions/version-rows.ts';
import { readStepEndpoints } from '../workflows/step-endpoints.ts';
import { readStepModels } from '../workflows/step-models.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { readAllRows, readDatasetRows } from './dataset-rows.ts';
import { deriveGraph } from './derive-graph.ts';

const rowsListed = 100;

/** A candidate that can run: its own graph, and the rows of the dataset as its tasks. */
export interface PlannedCandidate extends Candidate {
  readonly graph: Graph;
  readonly rows: readonly TakenRow[];
}

/**
 * What each candidate will run. Its models are held to what publishing holds them to.
 *
 * @throws PipelinesError `workflow_incomplete` with the problems by step, `rows_invalid` with the rows that do not fit,
 *   `model_not_allowed`, `invalid_request` for a step that is none, `not_found`
 */
export async function planCandidates(
  context: WorkflowsContext,
  principal: Principal,
  workflowId: string,
  datasetId: string,
  candidates: readonly Candidate[],
): Promise<PlannedCandidate[]> {
  const { db } = context.database;
  const { organizationId } = principal;
  const records = await readAllRows(db, organizationId, datasetId);
  const planned: PlannedCandidate[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const { graph } = await findVersion(db, organizationId, workflowId, candidate.version);
    requirePlaces(candidate, graph, index);
    const replaced = replaceModels(graph, candidate.replacements);
    const models = readStepModels(context, organizationId, replaced);
    requireComplete(checkGraph(replaced, models, await readStepEndpoints(db, organizationId, replaced)));
    requireAllowedModels(principal, replaced);
    const { taken, refused } = readDatasetRows(inputFields(graph), records);
    if (refused.length > 0) throw refuseRows(candidate, refused, records.length);
    planned.push({ ...candidate, graph: deriveGraph(graph, candidate.replacements), rows: taken });
  }
  return planned;
}

function requirePlaces({ replacements, label }: Candidate, graph: Graph, index: number): void {
  const [misplaced] = findMisplaced(graph, replacements);
  if (misplaced === undefined) return;
  const message = misplaced.step === null ? 'This version has no LLM step' : `This version has no LLM step "${misplaced.step}"`;
  throw new PipelinesError('invalid_request', {
    detail: `${label}: ${message}.`,
    fix: 'Choose a step of the version, or another version.',
    fields: [{ field: `candidates.${index}.replacements`, message }],
  });
}

function refuseRows(
  { version }: Candidate,
  refused: readonly { readonly row: number; readonly message: string }[],
  total: number,
): PipelinesError {
  return new PipelinesError('rows_invalid', {
    detail: `${refused.length} of ${total} rows ${refused.length === 1 ? 'does' : 'do'} not fit the input of version ${version}.`,
    fix: 'Make a dataset whose rows have what the workflow needs.',
    fields: refused.slice(0, rowsListed).map(({ row, message }) => ({ field: `rows.${row}`, message })),
  });
}

import type { Graph, RepointedWorkflow, StepModel } from '@pipelines/contracts';
import type { WorkflowRow } from '../workflows/workflow-rows.ts';
import { explainRefusal, type RefusedStep } from './explain-refusal.ts';
import { type ModelPlace, placesOf } from './point-steps.ts';

/** A workflow that may speak of a model, with the graph that it has published. */
export interface WorkflowWithGraph {
  readonly workflow: WorkflowRow;
  readonly published: Graph | null;
}

export interface PartPlan {
  readonly outcome: RepointedWorkflow['draft'];
  readonly places: readonly ModelPlace[];
  readonly problems: readonly RefusedStep[];
}

/** What a repoint would do to one workflow: to what it has published, and to its draft. */
export interface WorkflowPlan extends WorkflowWithGraph {
  readonly publishedPart: PartPlan;
  readonly draftPart: PartPlan;
}

/** The models that a repoint is about. `from` is undefined where the slug is nobody's any more. */
export interface RepointModels {
  readonly fromSlug: string;
  readonly from: StepModel | undefined;
  readonly to: StepModel;
}

export function planWorkflow({ workflow, published }: WorkflowWithGraph, models: RepointModels): WorkflowPlan {
  return { workflow, published, publishedPart: planPart(published, models), draftPart: planPart(workflow.draft as Graph, models) };
}

function planPart(graph: Graph | null, { fromSlug, from, to }: RepointModels): PartPlan {
  const places = graph === null ? [] : placesOf(graph, fromSlug);
  if (graph === null || places.length === 0) return { outcome: 'unused', places: [], problems: [] };
  const problems = explainRefusal(graph, places, from, to);
  return { outcome: problems.length === 0 ? 'repointed' : 'refused', places, problems };
}

/** A plan as the API tells it. @param version that was published for it */
export function presentPlan({ workflow, publishedPart, draftPart }: WorkflowPlan, version: number | null): RepointedWorkflow {
  return {
    workflow_id: workflow.id,
    name: workflow.name,
    state: workflow.state,
    published: publishedPart.outcome,
    steps: stepsOf(publishedPart),
    version,
    draft: draftPart.outcome,
    draft_steps: stepsOf(draftPart),
    problems: [
      ...publishedPart.problems.map((problem) => ({ part: 'published' as const, ...problem })),
      ...draftPart.problems.map((problem) => ({ part: 'draft' as const, ...problem })),
    ],
  };
}

function stepsOf({ places }: PartPlan): string[] {
  return [...new Set(places.map(({ step }) => step))];
}

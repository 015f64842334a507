import { type Check, type Evaluation, evaluationSchema, type Graph, type Principal } from '@pipelines/contracts';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { createEvaluations } from '../create-evaluations.ts';
import { createEvaluationKeeper, type EvaluationKeeper } from '../evaluations/keep-evaluations.ts';
import type { Evaluations } from '../evaluations.ts';
import { graphOf, stepOf } from './build-graph.ts';
import { type EngineStand, startEngineStand } from './start-engine-stand.ts';

export const rowCount = 24;
export const plainModel = { json_mode: false, vision: false, tool_use: false, reasoning: false } as const;

export interface EvaluationStand {
  readonly engine: EngineStand;
  readonly evaluations: Evaluations;
  readonly keeper: EvaluationKeeper;
  /** Each says one thing, whatever it is asked. */
  readonly says: Readonly<Record<'bug' | 'idea' | 'verdict', FakeOpenAi>>;
  /** Their models. */
  readonly slugs: Readonly<Record<'bug' | 'idea' | 'judge', string>>;
  readonly workflowId: string;
  readonly datasetId: string;
  readonly exact: Check;
  judge(model?: string): Check;
  /** Version 1 with each of these models in all its steps. */
  candidatesOf(...models: readonly string[]): { label: string; version: number; replacements: { step: null; model: string }[] }[];
  begin(checks: Check[], models?: readonly string[], principal?: Principal): Promise<Evaluation>;
  /** Resolves once it has ended. */
  waitFor(id: string): Promise<Evaluation>;
  close(): Promise<void>;
}

/** start → classify → review → end, on the model. */
export function labelling(model: string): Graph {
  return graphOf(
    [
      stepOf('start', 'start'),
      stepOf('llm', 'classify', { model }),
      stepOf('review', 'look', { subject: '{{steps.classify.output}}' }),
      stepOf('end', 'end', { mapping: [{ name: 'label', value: '{{steps.classify.output}}' }] }),
    ],
    'start > classify > look:pass > end',
    'look:fail > classify',
  );
}

/** A running worker with a workflow, a dataset, two models that disagree and a judge. Three of four rows are bugs; nobody knows of the last. */
export async function startEvaluationStand(): Promise<EvaluationStand> {
  const stand = await startEngineStand({ concurrency: 8, answer: { delayMs: 20 } });
  const { database, registry, engine, principal } = stand;
  const evaluations = createEvaluations({ database, registry, engine });
  const keeper = createEvaluationKeeper({ database, engine, log: (event) => void stand.events.push(event) });
  const fake = (text: string) => startFakeOpenAi({ variant: 'vllm', answer: { text, delayMs: 20 } });
  const says = { bug: await fake('bug'), idea: await fake('idea'), verdict: await fake('{"score":4,"reason":"Short."}') };
  const slugs = {
    bug: await stand.addModel('Bug Sayer', { capabilities: plainModel }, says.bug.baseUrl),
    idea: await stand.addModel('Idea Sayer', { capabilities: plainModel }, says.idea.baseUrl),
    judge: await stand.addModel('Judge', { capabilities: plainModel }, says.verdict.baseUrl),
  };
  const workflowId = await stand.publish(labelling(slugs.bug));
  const rows = Array.from({ length: rowCount }, (_, index) => ({
    input: { text: `row ${index + 1}`, note: 'not an input of the workflow' },
    expected: index === rowCount - 1 ? {} : { label: index % 4 === 3 ? 'idea' : 'bug' },
    external_id: `r-${index + 1}`,
  }));
  const { id: datasetId } = await evaluations.createDataset(principal, { name: 'Tickets', rows });
  await engine.start();
  keeper.start();

  const candidatesOf: EvaluationStand['candidatesOf'] = (...models) =>
    models.map((model) => ({ label: model, version: 1, replacements: [{ step: null, model }] }));
  return {
    engine: stand,
    evaluations,
    keeper,
    says,
    slugs,
    workflowId,
    datasetId,
    exact: {
      kind: 'exact',
      name: 'label',
      actual: '{{output.label}}',
      expected: '{{expected.label}}',
      ignore_case: false,
      ignore_space: true,
    },
    judge: (model = slugs.judge) => ({
      kind: 'judge',
      name: 'short',
      actual: '{{output}}',
      expected: '',
      model,
      rubric: 'Is it short?',
      scale: 5,
      pass_mark: 3,
    }),
    candidatesOf,
    begin(checks, models = [slugs.bug, slugs.idea], by = principal) {
      const body = { name: 'Which one', workflow_id: workflowId, dataset_id: datasetId, candidates: candidatesOf(...models), checks };
      return evaluations.createEvaluation(by, body, null);
    },
    async waitFor(id) {
      const untilMs = performance.now() + 60_000;
      for (;;) {
        const evaluation = await evaluations.getEvaluation(principal, id);
        if (evaluation.finished_at !== null) return evaluationSchema.parse(evaluation);
        if (performance.now() > untilMs) throw new Error(`The evaluation has not ended: ${JSON.stringify(evaluation.progress)}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async close() {
      await keeper.stop();
      await engine.stop();
      await Promise.all(Object.values(says).map((each) => each.close()));
      await stand.close();
    },
  };
}

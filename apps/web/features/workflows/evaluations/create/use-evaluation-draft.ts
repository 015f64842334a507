import type { Check, CheckKind, Dataset, WorkflowSummary } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FieldText } from '../../graph/unfinished-texts.ts';
import { namedModels, stepModelsQuery, workflowVersionQuery, workflowVersionsQuery } from '../../workflow-queries.ts';
import { datasetsQuery, publishedWorkflowsQuery } from '../evaluation-queries.ts';
import { type DraftCandidate, type DraftCheck, type DraftEvaluation, newCheck, nextKey, offeredBy } from './draft-evaluation.ts';

const nothing: readonly never[] = [];

/** What has been chosen; null is left to what suggests itself. */
interface Choices {
  readonly name: string;
  readonly workflowId: string | null;
  readonly datasetId: string | null;
  readonly candidates: readonly DraftCandidate[] | null;
  readonly checks: readonly DraftCheck[];
}

const candidateOf = (version: number, model: string | null): DraftCandidate => ({ key: nextKey(), version, step: null, model });

/** What the dialog puts together, and what it has to choose from. The only pipeline and the newest dataset suggest themselves. */
export function useEvaluationDraft() {
  const workflows = useQuery(publishedWorkflowsQuery);
  const datasets = useQuery(datasetsQuery);
  const [choices, setChoices] = useState<Choices>({ name: '', workflowId: null, datasetId: null, candidates: null, checks: [] });
  const only = workflows.data?.length === 1 ? workflows.data[0] : undefined;
  const workflow = workflows.data?.find((each) => each.id === choices.workflowId) ?? only;
  const dataset = datasets.data?.find((each) => each.id === choices.datasetId) ?? datasets.data?.[0];
  const newest = workflow?.published_version ?? 1;
  const [usual] = useState(() => [candidateOf(0, null), candidateOf(0, '')]);
  const versions = useQuery({ ...workflowVersionsQuery(workflow?.id ?? ''), enabled: workflow !== undefined }).data?.data ?? nothing;
  const graph = useQuery({ ...workflowVersionQuery(workflow?.id ?? '', newest), enabled: workflow !== undefined }).data?.graph;
  const offered = offeredBy(graph, dataset);
  // What suggested itself when something was first chosen or typed is chosen with it: another one would come unseen.
  const seen = { workflowId: workflow?.id ?? null, datasetId: dataset?.id ?? null };
  const set = (part: Partial<Choices>) => setChoices((before) => ({ ...before, ...seen, ...part }));
  const setChecks = (change: (checks: Choices['checks']) => Choices['checks']) =>
    setChoices((before) => ({ ...before, ...seen, checks: change(before.checks) }));

  const candidates = workflow === undefined ? nothing : (choices.candidates ?? usual.map((each) => ({ ...each, version: newest })));
  const draft: DraftEvaluation = { ...choices, workflowId: workflow?.id ?? null, datasetId: dataset?.id ?? null, candidates };
  const judges = draft.checks.flatMap(({ check }) => (check.kind === 'judge' ? [check.model] : []));
  const chosen = [...namedModels(graph), ...candidates.map(({ model }) => model), ...judges].filter((slug): slug is string =>
    Boolean(slug),
  );
  const models = useQuery(stepModelsQuery(chosen)).data ?? nothing;
  const judge = models.find((model) => model.is_default && model.active)?.slug ?? null;
  return {
    draft,
    workflows,
    datasets,
    models,
    versions,
    graph,
    dataset,
    offered,
    setName: (name: string) => set({ name }),
    chooseWorkflow: ({ id }: Pick<WorkflowSummary, 'id'>) => set({ workflowId: id, candidates: null }),
    chooseDataset: ({ id }: Pick<Dataset, 'id'>) => set({ datasetId: id }),
    setCandidate: (key: number, candidate: DraftCandidate | null) =>
      set({ candidates: candidates.flatMap((each) => (each.key !== key ? [each] : candidate === null ? [] : [candidate])) }),
    addCandidate: () => set({ candidates: [...candidates, candidateOf(newest, '')] }),
    setCheck: (key: number, check: Check | null) =>
      setChecks((checks) => checks.flatMap((each) => (each.key !== key ? [each] : check === null ? [] : [{ ...each, check }]))),
    setUnread: (key: number, unread: FieldText | null) =>
      setChecks((checks) => checks.map((each) => (each.key === key ? { ...each, unread } : each))),
    addCheck: (kind: CheckKind) => {
      const taken = draft.checks.map(({ check }) => check);
      setChecks((checks) => [...checks, { key: nextKey(), check: newCheck(kind, taken, offered, judge), unread: null }]);
    },
  };
}

export type EvaluationDraft = ReturnType<typeof useEvaluationDraft>;

import type { Candidate, Check, CheckKind, createEvaluationBodySchema, Dataset, Graph, Model } from '@pipelines/contracts';
import type { z } from 'zod';
import type { FieldText } from '../../graph/unfinished-texts.ts';

/** A candidate while it is put together. */
export interface DraftCandidate {
  /** Only of this page. */
  readonly key: number;
  readonly version: number;
  /** The LLM step whose model is replaced; null: every one. */
  readonly step: string | null;
  /** Slug of the other model; null: the version as it is. */
  readonly model: string | null;
}

/** A check while it is put together. */
export interface DraftCheck {
  readonly key: number;
  readonly check: Check;
  /** What is typed as its schema and is none yet. */
  readonly unread: FieldText | null;
}

let lastKey = 0;

/** Tells candidates and checks apart while they are edited. */
export function nextKey(): number {
  lastKey += 1;
  return lastKey;
}

export interface DraftEvaluation {
  readonly name: string;
  readonly workflowId: string | null;
  readonly datasetId: string | null;
  readonly candidates: readonly DraftCandidate[];
  readonly checks: readonly DraftCheck[];
}

export type EvaluationBody = z.input<typeof createEvaluationBodySchema>;

/** What is sent. Candidates get their labels here: what tells them apart in a word or two. */
export function toBody(draft: DraftEvaluation, models: readonly Model[]): EvaluationBody {
  return {
    name: draft.name,
    workflow_id: draft.workflowId ?? '',
    dataset_id: draft.datasetId ?? '',
    candidates: labelCandidates(draft.candidates, models),
    checks: draft.checks.map(({ check }) => check),
  };
}

export function labelCandidates(candidates: readonly Omit<DraftCandidate, 'key'>[], models: readonly Model[]): Candidate[] {
  const versions = new Set(candidates.map((each) => each.version)).size;
  const seen = new Map<string, number>();
  return candidates.map(({ version, step, model }) => {
    const named = model === null ? 'As published' : (models.find((each) => each.slug === model)?.display_name ?? model);
    const plain = versions > 1 ? `${named}, version ${version}` : named;
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    const label = (count === 1 ? plain : `${plain} (${count})`).slice(0, 80);
    return { label, version, replacements: model === null ? [] : [{ step, model }] };
  });
}

/** What a version and a dataset offer to the templates of checks. */
export interface Offered {
  /** Such as `output.label`, `expected.label`, `input.ticket`. */
  readonly variables: readonly string[];
  readonly actual: string;
  readonly expected: string;
}

export function offeredBy(graph: Graph | undefined, dataset: Dataset | undefined): Offered {
  const end = graph?.steps.find((step) => step.kind === 'end');
  const outputs = end?.kind === 'end' ? end.config.mapping.map((entry) => entry.name) : [];
  const expected = dataset?.expected ?? [];
  const inputs = dataset?.inputs ?? [];
  // An output that is called as something expected is most likely what that is expected of.
  const same = outputs.find((name) => expected.includes(name));
  const output = same ?? outputs[0];
  const wanted = same ?? expected[0];
  return {
    variables: [
      'output',
      ...outputs.map((name) => `output.${name}`),
      ...expected.map((name) => `expected.${name}`),
      ...inputs.map((name) => `input.${name}`),
    ],
    actual: output === undefined ? '{{output}}' : `{{output.${output}}}`,
    expected: wanted === undefined ? '' : `{{expected.${wanted}}}`,
  };
}

export const checkKinds: readonly { readonly kind: CheckKind; readonly title: string; readonly description: string }[] = [
  { kind: 'exact', title: 'Exact', description: 'It is what was expected' },
  { kind: 'contains', title: 'Contains', description: 'What was expected is in it' },
  { kind: 'numeric', title: 'Number', description: 'It is near the expected number' },
  { kind: 'json_schema', title: 'JSON schema', description: 'It has the right shape' },
  { kind: 'judge', title: 'Judge', description: 'A model grades it by a rubric' },
];

/** A check of the kind, filled in as far as it can be. */
export function newCheck(kind: CheckKind, taken: readonly Check[], offered: Offered, judge: string | null): Check {
  const common = { name: freeName(kind, taken), actual: offered.actual };
  const expected = offered.expected;
  switch (kind) {
    case 'exact':
    case 'contains':
      return { kind, ...common, expected, ignore_case: true, ignore_space: true };
    case 'numeric':
      return { kind, ...common, expected, tolerance: { type: 'absolute', value: 0 } };
    case 'json_schema':
      return { kind, ...common, schema: { type: 'object' } };
    case 'judge':
      return { kind, ...common, expected, model: judge ?? '', rubric: '', scale: 5, pass_mark: 4 };
  }
}

function freeName(kind: CheckKind, taken: readonly Check[]): string {
  const names = new Set(taken.map((check) => check.name));
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? kind : `${kind}_${count}`;
    if (!names.has(name)) return name;
  }
}

import type { Edge, Graph, Step } from '@pipelines/contracts';
import { isSameEdge } from './edit-graph.ts';

export interface FieldChange {
  /** Dotted path in the step: `title`, `config.user_prompt`, `config.routes.0.name`. */
  readonly field: string;
  /** As text; null where it was or is not there. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface GraphDiff {
  readonly added: readonly Step[];
  readonly removed: readonly Step[];
  readonly changed: readonly { readonly step: Step; readonly fields: readonly FieldChange[] }[];
  readonly connected: readonly Edge[];
  readonly disconnected: readonly Edge[];
}

/** What somebody would say has changed. Where steps stand on the canvas does not count. */
export function diffGraphs(before: Graph, after: Graph): GraphDiff {
  const old = new Map(before.steps.map((step) => [step.name, step]));
  const isKept = (step: Step) => old.get(step.name)?.kind === step.kind;
  const kept = after.steps.filter(isKept);
  const keptNames = new Set(kept.map((step) => step.name));
  return {
    added: after.steps.filter((step) => !isKept(step)),
    removed: before.steps.filter((step) => !keptNames.has(step.name)),
    changed: kept.map((step) => ({ step, fields: changedFields(old.get(step.name), step) })).filter((change) => change.fields.length > 0),
    connected: after.edges.filter((edge) => !before.edges.some((each) => isSameEdge(each, edge))),
    disconnected: before.edges.filter((edge) => !after.edges.some((each) => isSameEdge(each, edge))),
  };
}

export function isSame(diff: GraphDiff): boolean {
  return Object.values(diff).every((part: readonly unknown[]) => part.length === 0);
}

function changedFields(before: Step | undefined, after: Step): FieldChange[] {
  const old = leavesOf(before);
  const now = leavesOf(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => old.get(field) !== now.get(field))
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }));
}

function leavesOf(step: Step | undefined): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  function visit(value: unknown, path: string) {
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`);
    } else if (value !== null && value !== undefined) {
      leaves.set(path, typeof value === 'string' ? value : JSON.stringify(value));
    }
  }
  if (step) visit({ title: step.title, config: step.config }, '');
  return leaves;
}

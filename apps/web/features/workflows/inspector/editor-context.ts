import type { Graph, GraphProblem, Model, Step, StepKind, StepOf, ToolEndpoint } from '@pipelines/contracts';
import type { VariableScope } from './template-editor/variable-scope.ts';
import type { FieldTexts } from './use-field-text.ts';

/** What the fields of a step know and may do. */
export interface EditorContext extends FieldTexts {
  readonly graph: Graph;
  readonly models: readonly Model[];
  readonly endpoints: readonly ToolEndpoint[];
  /** Of this step only. */
  readonly problems: readonly GraphProblem[];
  /** Variables that the step's templates may use. */
  readonly scope: VariableScope;
  /** Why nothing can be changed; null where it can. */
  readonly unavailable: string | null;
  /** Puts the changed step in. Quick changes of one field are undone together. */
  readonly change: (step: Step, field: string) => void;
  readonly editGraph: (edit: (graph: Graph) => Graph) => void;
}

export interface StepFieldsProps<Kind extends StepKind> {
  readonly step: StepOf<Kind>;
  readonly context: EditorContext;
}

/** ID of the words that say why nothing can be changed, which stand above the fields. */
export const unavailableId = 'settings-unavailable';

/** The sentence that belongs under a field. */
export function problemAt(context: Pick<EditorContext, 'problems'>, field: string): string | null {
  return context.problems.find((problem) => problem.field === field)?.message ?? null;
}

/** Every sentence that belongs under a field. */
export function problemsAt(context: Pick<EditorContext, 'problems'>, field: string): readonly string[] {
  return context.problems.filter((problem) => problem.field === field).map((problem) => problem.message);
}

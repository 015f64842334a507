import type { Edge, Graph, StepKind } from '@pipelines/contracts';
import { copySteps, pasteSteps, readGraph } from '../graph/clipboard.ts';
import { addStep, connect, disconnect, isRemovable, removeSteps } from '../graph/edit-graph.ts';
import { placeAfterEdit } from '../graph/lay-out-graph.ts';
import { type Direction, neighbourStep, nudgeSteps } from '../graph/neighbour-step.ts';
import { newStep } from '../graph/new-step.ts';
import { focusSettings } from './focus-field.ts';
import { nothingSelected, type Selection, selectStep } from './selection.ts';
import type { Draft } from './use-draft.ts';

export interface GraphCommandsOptions {
  readonly draft: Draft;
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
  readonly isEditable: boolean;
  /** Preselected on a new LLM step. */
  readonly defaultModel: string | null;
}

/** What a gesture, a key or a button does to the draft. */
export function useGraphCommands({ draft, selection, select, isEditable, defaultModel }: GraphCommandsOptions) {
  const { graph } = draft.content;
  const current = selection.steps.at(-1) ?? null;

  function editGraph(edit: (graph: Graph) => Graph, tag: string | null = null) {
    if (isEditable) draft.edit((content) => ({ ...content, graph: edit(content.graph) }), tag);
  }
  /** Changes steps or connections and places what is new. */
  function restructure(edit: (graph: Graph) => Graph) {
    editGraph((before) => {
      const after = edit(before);
      return after === before ? before : placeAfterEdit(before, after, current);
    });
  }

  return {
    editGraph,
    restructure,
    add(kind: StepKind) {
      const step = newStep(kind, graph, defaultModel);
      restructure((before) => addStep(before, step, current ?? lastBeforeEnd(before)));
      select(selectStep(step.name, true));
    },
    connect: (edge: Edge) => restructure((before) => connect(before, edge)),
    remove() {
      const { edge, steps } = selection;
      if (edge) restructure((before) => disconnect(before, edge));
      else if (steps.some((name) => isRemovable(graph, name))) restructure((before) => removeSteps(before, steps));
      else return;
      select(nothingSelected);
    },
    move(places: ReadonlyMap<string, { readonly x: number; readonly y: number }>) {
      editGraph((before) => ({
        ...before,
        steps: before.steps.map((step) => ({ ...step, position: places.get(step.name) ?? step.position })),
      }));
    },
    /** Moves what is selected a little, as dragging does. */
    nudge(direction: Direction) {
      const tag = `nudge ${selection.steps.join()}`;
      editGraph((before) => ({ ...before, steps: nudgeSteps(before.steps, selection.steps, direction) }), tag);
    },
    /** From a card into its settings. */
    openSettings(name: string) {
      select(selectStep(name));
      focusSettings();
    },
    go(direction: Direction) {
      const next = neighbourStep(graph.steps, current ?? '', direction);
      if (next) select(selectStep(next, true));
    },
    selectAll: () => select({ ...nothingSelected, steps: graph.steps.map((step) => step.name) }),
    copied: () => (selection.steps.length === 0 ? null : JSON.stringify(copySteps(graph, selection.steps))),
    /** Gives whether the text held steps. */
    paste(text: string): boolean {
      const clip = readGraph(text);
      if (!clip || clip.steps.length === 0 || !isEditable) return false;
      const { names } = pasteSteps(graph, clip);
      restructure((before) => pasteSteps(before, clip).graph);
      select({ ...nothingSelected, steps: names, byKey: true });
      return true;
    },
  };
}
export type GraphCommands = ReturnType<typeof useGraphCommands>;

/** With nothing selected a new step comes at the end of the way, before the end step. */
function lastBeforeEnd(graph: Graph): string | null {
  const end = graph.steps.find((step) => step.kind === 'end');
  return graph.edges.find((edge) => edge.to === end?.name)?.from ?? graph.steps.find((step) => step.kind === 'start')?.name ?? null;
}

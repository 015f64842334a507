import type { Edge } from '@pipelines/contracts';

export interface Selection {
  /** Names; the last one is shown in the inspector. */
  readonly steps: readonly string[];
  readonly edge: Edge | null;
  /** Chosen by key: the card takes the focus, and comes into sight. */
  readonly byKey: boolean;
}

export const nothingSelected: Selection = { steps: [], edge: null, byKey: false };

export function selectStep(name: string, byKey = false): Selection {
  return { steps: [name], edge: null, byKey };
}

/** Shift-click: in or out of what is selected. */
export function toggleStep(selection: Selection, name: string): Selection {
  const steps = selection.steps.includes(name) ? selection.steps.filter((each) => each !== name) : [...selection.steps, name];
  return { steps, edge: null, byKey: false };
}

import { StateEffect, StateField } from '@codemirror/state';
import type { OfferedVariable } from '../offer-variables.ts';

/** What the templates of a step may speak of. */
export interface VariableScope {
  readonly offered: readonly OfferedVariable[];
  /** As the server decides it. */
  readonly isKnown: (variable: string) => boolean;
}

/** The steps around have changed. */
export const setScope = StateEffect.define<VariableScope>();

export const scopeField = StateField.define<VariableScope>({
  create: () => ({ offered: [], isKnown: () => true }),
  update: (scope, { effects }) => effects.find((effect) => effect.is(setScope))?.value ?? scope,
});

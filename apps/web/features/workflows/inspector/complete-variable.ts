import type { OfferedVariable } from './offer-variables.ts';

export interface OpenVariable {
  /** Where its `{{` begins. */
  readonly from: number;
  /** What has been typed of it. */
  readonly typed: string;
}

/** A text that takes the place of what stands between two characters. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The variable that is being typed at the caret; null outside of one. */
export function openVariableAt(text: string, caret: number): OpenVariable | null {
  const match = /\{\{\s*([\w.-]*)$/.exec(text.slice(0, caret));
  return match ? { from: match.index, typed: match[1] ?? '' } : null;
}

/** Variables that fit what is typed, those that begin with it first. */
export function matchVariables(offered: readonly OfferedVariable[], typed: string): readonly OfferedVariable[] {
  const wanted = typed.toLowerCase();
  const rank = ({ variable }: OfferedVariable) => (variable.toLowerCase().startsWith(wanted) ? 0 : 1);
  return offered.filter(({ variable }) => variable.toLowerCase().includes(wanted)).toSorted((one, other) => rank(one) - rank(other));
}

/** Puts a variable in at the caret, closing braces included; what was typed of it is replaced. */
export function completeVariable(text: string, caret: number, variable: string): TextEdit {
  const from = openVariableAt(text, caret)?.from ?? caret;
  const rest = /^[\w.-]*\s*\}\}/.exec(text.slice(caret))?.[0] ?? '';
  return { from, to: caret + rest.length, insert: `{{${variable}}}` };
}

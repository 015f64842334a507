export interface OpenVariable {
  /** Where its `{{` begins. */
  readonly from: number;
  /** What has been typed of it. */
  readonly typed: string;
}

/** The variable that is being typed at the caret; null outside of one. */
export function openVariableAt(text: string, caret: number): OpenVariable | null {
  const match = /\{\{\s*([\w.-]*)$/.exec(text.slice(0, caret));
  return match ? { from: match.index, typed: match[1] ?? '' } : null;
}

/** Variables that fit what is typed, those that begin with it first. */
export function matchVariables(variables: readonly string[], typed: string): readonly string[] {
  const wanted = typed.toLowerCase();
  const rank = (variable: string) => (variable.toLowerCase().startsWith(wanted) ? 0 : 1);
  return variables.filter((variable) => variable.toLowerCase().includes(wanted)).toSorted((one, other) => rank(one) - rank(other));
}

/** Puts a variable in at the caret, closing braces included; what was typed of it is replaced. */
export function completeVariable(text: string, caret: number, variable: string): { readonly text: string; readonly caret: number } {
  const from = openVariableAt(text, caret)?.from ?? caret;
  const rest = text.slice(caret).replace(/^[\w.-]*\s*\}\}/, '');
  const before = `${text.slice(0, from)}{{${variable}}}`;
  return { text: before + rest, caret: before.length };
}

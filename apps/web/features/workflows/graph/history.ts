/** A value with the way back and forth. */
export interface History<Value> {
  readonly past: readonly Value[];
  readonly present: Value;
  readonly future: readonly Value[];
  /** What the last change was of; the next one of the same belongs to it for a while. */
  readonly last: { readonly tag: string; readonly atMs: number } | null;
}

const historyLimit = 100;
const oneChangeMs = 1_000;

export function beginHistory<Value>(present: Value): History<Value> {
  return { past: [], present, future: [], last: null };
}

/** Records a change. Changes of one `tag` (a field that is typed in) within a second of each other are one step back. */
export function record<Value>(history: History<Value>, present: Value, tag: string | null, nowMs: number): History<Value> {
  if (present === history.present) return history;
  const last = tag === null ? null : { tag, atMs: nowMs };
  const continues = last !== null && history.last?.tag === tag && nowMs - history.last.atMs < oneChangeMs;
  const past = continues ? history.past : [...history.past, history.present].slice(-historyLimit);
  return { past, present, future: [], last };
}

export function undo<Value>(history: History<Value>): History<Value> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], last: null };
}

export function redo<Value>(history: History<Value>): History<Value> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future, last: null };
}

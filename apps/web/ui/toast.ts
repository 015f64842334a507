export interface ToastText {
  readonly title: string;
  readonly description?: string;
  readonly tone?: 'ok' | 'bad';
}

let waiting: readonly ToastText[] = [];
const listeners = new Set<() => void>();

/** Says in passing that something is done, or that it failed. It is read out and goes by itself. */
export function showToast(toast: ToastText): void {
  waiting = [...waiting, toast];
  for (const listener of listeners) listener();
}

/** Hands over the toasts that wait to be shown. */
export function takeToasts(): readonly ToastText[] {
  const taken = waiting;
  waiting = [];
  return taken;
}

/** Calls back whenever a toast begins to wait; gives the way to stop. */
export function onToast(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `unsaved`: will be saved in a moment. `failed`: tried, and tried again with the next edit or by hand. `conflict`: somebody else has saved. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';

export interface AutosaveOptions<Content> {
  /** Revision that the first edit is made on. */
  readonly revision: number;
  readonly delayMs: number;
  /** Saves what was made on a revision; gives the new one. */
  readonly save: (content: Content, revision: number) => Promise<number>;
  readonly isConflict: (error: unknown) => boolean;
}

export interface Autosave<Content> {
  readonly edit: (content: Content) => void;
  /** Saves at once what is not saved; gives the revision that holds everything, or null where that failed. */
  readonly flush: () => Promise<number | null>;
  /** Goes on from a revision of somebody else; `mine` is saved over it, and without it theirs stands. */
  readonly settle: (revision: number, mine?: Content) => void;
  /** Revision that holds what is saved. */
  readonly revision: () => number;
  readonly state: () => SaveState;
  readonly error: () => unknown;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Saves edits within `delayMs` of the first unsaved one, one at a time, each on the revision before. */
export function createAutosave<Content>({ revision: first, delayMs, save, isConflict }: AutosaveOptions<Content>): Autosave<Content> {
  const listeners = new Set<() => void>();
  let revision = first;
  let waiting: { readonly content: Content } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let state: SaveState = 'saved';
  let error: unknown = null;

  function show(next: SaveState, problem: unknown = null) {
    state = next;
    error = problem;
    for (const listener of listeners) listener();
  }

  function schedule() {
    timer ??= setTimeout(() => void run(), delayMs);
  }

  function run(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    running ??= saveWaiting().finally(() => {
      running = null;
      if (state === 'unsaved') schedule();
    });
    return running;
  }

  async function saveWaiting() {
    const job = waiting;
    if (!job || state === 'conflict') return;
    waiting = null;
    show('saving');
    try {
      revision = await save(job.content, revision);
      show(waiting ? 'unsaved' : 'saved');
    } catch (problem) {
      waiting ??= job;
      show(isConflict(problem) ? 'conflict' : 'failed', problem);
    }
  }

  return {
    edit(content) {
      waiting = { content };
      if (state === 'conflict' || state === 'saving') return;
      show('unsaved');
      schedule();
    },
    async flush() {
      await running;
      if (waiting) await run();
      return waiting ? null : revision;
    },
    settle(theirs, mine) {
      revision = theirs;
      waiting = mine === undefined ? null : { content: mine };
      show(waiting ? 'unsaved' : 'saved');
      if (waiting) schedule();
    },
    revision: () => revision,
    state: () => state,
    error: () => error,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

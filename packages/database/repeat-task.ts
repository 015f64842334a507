import { type Log, toSafeError } from '@pipelines/contracts';

export interface RepeatedTask {
  /** Names it in the log. */
  readonly task: string;
  /** From the end of one turn to the begin of the next. */
  readonly everyMs: number;
  /** Until the first one. Default: `everyMs`. */
  readonly firstAfterMs?: number;
  readonly log: Log;
  /** One turn; `signal` is aborted when the task is stopped. */
  work(signal: AbortSignal): Promise<unknown>;
}

/**
 * Does something again and again beside the calls, never twice at a time. A turn that fails is logged as `task_failed`, and the next
 * one comes all the same. Returns how to stop, which waits for the turn that runs; what that one fails with is not logged.
 */
export function repeatTask({ task, everyMs, firstAfterMs = everyMs, log, work }: RepeatedTask): () => Promise<void> {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function turn(): Promise<void> {
    try {
      await work(stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) log({ event: 'task_failed', task, error: toSafeError(error) });
    }
    if (!stopping.signal.aborted) schedule(everyMs);
  }

  function schedule(afterMs: number): void {
    timer = setTimeout(() => {
      running = turn();
    }, afterMs);
    timer.unref();
  }

  schedule(firstAfterMs);
  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await running;
  };
}

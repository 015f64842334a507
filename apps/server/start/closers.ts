import { type Log, toSafeError } from '@pipelines/contracts';

/** What has been opened, to be closed in the opposite order. */
export interface Closers {
  add(close: () => Promise<void> | void): void;
  /** Closes all; one that fails does not keep the others open. Safe to call again. */
  closeAll(): Promise<void>;
}

export function createClosers(log: Log): Closers {
  const closers: (() => Promise<void> | void)[] = [];
  return {
    add: (close) => void closers.push(close),
    async closeAll() {
      for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
        try {
          await close();
        } catch (error) {
          log({ event: 'task_failed', task: 'stop', error: toSafeError(error) });
        }
      }
    },
  };
}

import type { Batch, TaskState } from '@pipelines/contracts';

const ended: readonly TaskState[] = ['finished', 'escalated', 'quarantined', 'failed', 'canceled'];

/** Tasks of a batch that have ended, however. */
export function endedCount(batch: Pick<Batch, 'counts'>): number {
  return ended.reduce((sum, state) => sum + batch.counts[state], 0);
}

/** Seconds as people wait for them: `about 40 s`, `about 12 min`, `about 3 h`. */
export function describeWait(seconds: number): string {
  if (seconds < 90) return `about ${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `about ${minutes} min` : `about ${Math.round(minutes / 60)} h`;
}

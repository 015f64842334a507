import { checkCron, nextTimes } from '@pipelines/contracts';
import cronstrue from 'cronstrue';

/** A pattern as people read it, and its next times on the clock of the zone; or what is wrong with it. */
export type DescribedCron =
  | { readonly words: string; readonly next: readonly string[]; readonly problem: null }
  | { readonly problem: { readonly field: 'cron' | 'time_zone'; readonly message: string } };

const timesShown = 3;

export function describeCron(cron: string, timeZone: string, after: Date): DescribedCron {
  const problem = checkCron(cron, timeZone);
  if (problem) return { problem };
  return {
    words: wordsOf(cron),
    next: nextTimes(cron, timeZone, timesShown, after).map((time) => formatInZone(time, timeZone)),
    problem: null,
  };
}

/** Such as "At 09:00, Monday through Friday". */
function wordsOf(cron: string): string {
  try {
    return cronstrue.toString(cron, { use24HourTimeFormat: true });
  } catch {
    return cron;
  }
}

/** Such as "Mon, 2 Mar 2026, 09:00". */
export function formatInZone(time: Date, timeZone: string): string {
  return time.toLocaleString('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

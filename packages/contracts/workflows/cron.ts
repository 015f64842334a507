import { Cron } from 'croner';

/** What is wrong with a schedule's times, and at which field. */
export interface CronProblem {
  readonly field: 'cron' | 'time_zone';
  readonly message: string;
}

/** Only what a pattern is made of: the parser would take a text with a colon for one moment. */
const patternShape = /^[\dA-Za-z@*,/#? -]+$/;

/** Null where the pattern (five fields, or such as `@daily`) names times in that zone. */
export function checkCron(cron: string, timeZone: string): CronProblem | null {
  if (!isTimeZone(timeZone)) return { field: 'time_zone', message: 'No known time zone. Take a name such as Europe/Berlin or UTC.' };
  try {
    if (nextTimes(cron, timeZone, 1, new Date()).length > 0) return null;
  } catch {
    return { field: 'cron', message: 'Not a cron pattern. It has five fields: minute, hour, day of the month, month, day of the week.' };
  }
  return { field: 'cron', message: 'No such day ever comes.' };
}

/** The next times after a moment, in order; fewer where there are no more. Throws for what `checkCron` refuses. */
export function nextTimes(cron: string, timeZone: string, count: number, after: Date): Date[] {
  if (!patternShape.test(cron)) throw new RangeError('Not a cron pattern.');
  return new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true }).nextRuns(count, after);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

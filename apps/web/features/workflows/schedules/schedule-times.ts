/** How often, as the form offers it; `custom` is a pattern by hand. */
export type Rhythm = 'hourly' | 'daily' | 'weekly' | 'custom';

export interface ScheduleTimes {
  readonly rhythm: Rhythm;
  /** `HH:MM`; hourly only the minutes count. */
  readonly time: string;
  /** 0 is Sunday. */
  readonly weekday: string;
  readonly cron: string;
}

export const firstTimes: ScheduleTimes = { rhythm: 'daily', time: '09:00', weekday: '1', cron: '0 9 * * *' };

/** The form's choices as a pattern. */
export function cronOf({ rhythm, time, weekday, cron }: ScheduleTimes): string {
  if (rhythm === 'custom') return cron.trim();
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  if (rhythm === 'hourly') return `${minute} * * * *`;
  return `${minute} ${hour} * * ${rhythm === 'weekly' ? weekday : '*'}`;
}

/** A pattern as the form's choices: one that the form could have made, or one by hand. */
export function timesOf(cron: string): ScheduleTimes {
  const [minute = '', hour = '', day, month, weekday = ''] = cron.split(' ');
  const isPlain = day === '*' && month === '*' && /^\d{1,2}$/.test(minute);
  const time = `${(hour === '*' ? '0' : hour).padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (isPlain && hour === '*' && weekday === '*') return { ...firstTimes, rhythm: 'hourly', time, cron };
  if (isPlain && /^\d{1,2}$/.test(hour) && weekday === '*') return { ...firstTimes, rhythm: 'daily', time, cron };
  if (isPlain && /^\d{1,2}$/.test(hour) && /^[0-6]$/.test(weekday)) return { rhythm: 'weekly', time, weekday, cron };
  return { ...firstTimes, rhythm: 'custom', cron };
}

import { describe, expect, it } from 'vitest';
import { checkCron, nextTimes } from './cron.ts';

const next = (cron: string, timeZone: string, after: string, count = 2) =>
  nextTimes(cron, timeZone, count, new Date(after)).map((time) => time.toISOString());

describe('nextTimes', () => {
  it('counts in the zone, over its change of the clock', () => {
    expect(next('0 9 * * *', 'Europe/Berlin', '2026-03-28T10:00:00Z')).toEqual(['2026-03-29T07:00:00.000Z', '2026-03-30T07:00:00.000Z']);
    expect(next('0 9 * * 1-5', 'America/New_York', '2026-11-25T15:00:00Z')).toEqual([
      '2026-11-26T14:00:00.000Z',
      '2026-11-27T14:00:00.000Z',
    ]);
  });

  it('comes once where the hour comes twice, and after the gap where the hour is left out', () => {
    expect(next('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z')).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
    expect(next('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z')).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']);
  });

  it('is always after the moment', () => {
    expect(next('*/5 * * * *', 'UTC', '2026-01-01T00:05:00Z', 1)).toEqual(['2026-01-01T00:10:00.000Z']);
  });
});

describe('checkCron', () => {
  it.each(['* * * * *', '0 9 * * MON', '@daily', '15,45 8-18/2 1 * *', '0 9 L * *'])('takes %s', (cron) => {
    expect(checkCron(cron, 'UTC')).toBeNull();
  });

  it.each(['', '61 * * * *', '* * * *', '0 0 9 * * *', 'every day', '2027-01-01T00:00:00', '@reboot', '* * * * * #'])(
    'refuses %j',
    (cron) => {
      expect(checkCron(cron, 'UTC')?.field).toBe('cron');
    },
  );

  it('refuses a day that never comes, and a zone that is none', () => {
    expect(checkCron('0 0 30 2 *', 'UTC')).toEqual({ field: 'cron', message: 'No such day ever comes.' });
    expect(checkCron('0 0 * * *', 'Europe/Atlantis')?.field).toBe('time_zone');
  });
});

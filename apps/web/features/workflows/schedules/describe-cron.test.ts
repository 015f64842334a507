import { describe, expect, it } from 'vitest';
import { describeCron } from './describe-cron.ts';

const now = new Date('2026-03-02T10:30:00Z');

describe('describeCron', () => {
  it('reads a pattern aloud, and names its next times on the clock of the zone', () => {
    expect(describeCron('0 9 * * 1-5', 'Europe/Berlin', now)).toEqual({
      words: 'At 09:00, Monday through Friday',
      next: ['Tue, 3 Mar 2026, 09:00', 'Wed, 4 Mar 2026, 09:00', 'Thu, 5 Mar 2026, 09:00'],
      problem: null,
    });
  });

  it('says what is wrong', () => {
    expect(describeCron('0 9', 'UTC', now).problem?.field).toBe('cron');
    expect(describeCron('0 9 * * *', 'Nowhere', now).problem?.field).toBe('time_zone');
  });
});

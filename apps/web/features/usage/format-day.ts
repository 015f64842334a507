const monthAndDay = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** `2026-09-01` → "Sep 1". The day is a UTC day, wherever the reader is. */
export function formatDay(day: string): string {
  return monthAndDay.format(new Date(`${day}T00:00:00Z`));
}

const LONGEST_SECONDS = 86_400;

/** `Retry-After` in seconds, from either of its forms; null where it is missing or senseless. */
export function readRetryAfter(headers: Readonly<Record<string, string>>, now: number = Date.now()): number | null {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return null;
  const seconds = /^\d{1,9}(?:\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
  if (!Number.isFinite(seconds)) return null;
  return Math.min(LONGEST_SECONDS, Math.max(0, Math.ceil(seconds)));
}

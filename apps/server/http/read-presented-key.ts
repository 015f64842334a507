import type { IncomingMessage } from 'node:http';

/**
 * The API key of a request, from `Authorization: Bearer` or `X-API-Key`; one code path for every route.
 *
 * @returns undefined when none was presented; null when what was presented cannot be one key: another
 *   scheme, or two that differ
 */
export function readPresentedKey(request: IncomingMessage): string | null | undefined {
  const presented = new Set<string | null>();
  const { rawHeaders } = request;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    if (name === 'x-api-key') presented.add(value.trim());
    else if (name === 'authorization') presented.add(/^Bearer +(\S+)$/i.exec(value)?.[1] ?? null);
  }
  if (presented.size > 1) return null;
  const [key] = presented;
  return key;
}

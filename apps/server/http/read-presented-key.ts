import type { IncomingMessage } from 'node:http';

/**
 * The API key of a request, from `Authorization: Bearer` or `X-API-Key`; one code path for every route.
 *
 * @returns undefined when none was presented; null when what was presented cannot be one key: another
 *   scheme, or two that differ
 */
export function readPresentedKey(request: IncomingMessage): string | null | undefined {
  let presented: string | null | undefined;
  const { rawHeaders } = request;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    // By length first: each name of each request would have to be made lower-case otherwise.
    if (name.length !== keyHeader.length && name.length !== authorization.length) continue;
    const key = readKey(name.toLowerCase(), rawHeaders[index + 1] ?? '');
    if (key === undefined) continue;
    if (presented !== undefined && presented !== key) return null;
    presented = key;
  }
  return presented;
}

const keyHeader = 'x-api-key';
const authorization = 'authorization';

function readKey(name: string, value: string): string | null | undefined {
  if (name === keyHeader) return value.trim();
  if (name === authorization) return /^Bearer +(\S+)$/i.exec(value)?.[1] ?? null;
  return undefined;
}

import type { IncomingMessage } from 'node:http';
import { maxCacheSeconds, PipelinesError } from '@pipelines/contracts';
import type { CacheWish } from '@pipelines/gateway';

/**
 * What a call says about kept answers, in the words of `Cache-Control`: `X-Pipelines-Cache: no-store` (none is given, none
 * is kept), `no-cache` (none is given), or `max-age=60` (one may be given and kept for so many seconds, whatever the
 * model's settings say). It is read here and goes no further. Undefined: the caller leaves it to the model.
 *
 * @throws PipelinesError `invalid_request`
 */
export function readCacheHeader({ headers }: IncomingMessage): CacheWish | undefined {
  const given = headers['x-pipelines-cache'];
  if (given === undefined) return undefined;
  const word = String(given).trim().toLowerCase();
  if (word === 'no-store') return { fresh: true, keepNothing: true };
  if (word === 'no-cache') return { fresh: true };
  const seconds = Number(/^max-age=(\d{1,6})$/.exec(word)?.[1] ?? Number.NaN);
  if (seconds >= 1 && seconds <= maxCacheSeconds) return { maxAgeSeconds: seconds };
  throw new PipelinesError('invalid_request', {
    detail: `X-Pipelines-Cache is "no-store", "no-cache" or "max-age=" with 1 to ${maxCacheSeconds} seconds.`,
    param: 'X-Pipelines-Cache',
  });
}

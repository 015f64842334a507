import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { ResponseHeaders } from './egress-call.ts';
import { EgressError } from './egress-error.ts';

const chunkSize = 64 * 1024;

/**
 * The decoder for an answer that came compressed although identity was asked for; null if it did not.
 * The headers that no longer hold are removed.
 * @throws EgressError `connection_lost` for an encoding that nobody knows here
 */
export function createDecoder(headers: ResponseHeaders): Transform | null {
  const encoding = headers['content-encoding'];
  if (encoding === undefined) return null;
  delete headers['content-encoding'];
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return null;
  delete headers['content-length'];
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip({ chunkSize });
    case 'deflate':
      return createInflate({ chunkSize });
    case 'br':
      return createBrotliDecompress({ chunkSize });
    default:
      throw new EgressError('connection_lost', 'after_send', 'unknown_encoding');
  }
}

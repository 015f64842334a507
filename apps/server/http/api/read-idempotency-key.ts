import type { IncomingMessage } from 'node:http';
import { PipelinesError } from '@pipelines/contracts';

const header = 'idempotency-key';
const shape = /^[\x21-\x7e]{1,200}$/;

/** Null where the caller sends none. @throws PipelinesError `invalid_request` for one that is no key */
export function readIdempotencyKey(request: IncomingMessage): string | null {
  const key = request.headers[header];
  if (key === undefined) return null;
  if (typeof key === 'string' && shape.test(key)) return key;
  throw new PipelinesError('invalid_request', {
    detail: 'The Idempotency-Key header is not valid.',
    fix: 'Send 1 to 200 visible ASCII characters without spaces, such as a UUID.',
    fields: [{ field: 'Idempotency-Key', message: '1 to 200 visible ASCII characters without spaces' }],
  });
}

import type { IncomingMessage } from 'node:http';
import { isAllowed, type Permission, PipelinesError } from '@pipelines/contracts';
import type { AuthenticatedKey, Identity } from '@pipelines/identity';
import { readPresentedKey } from '../read-presented-key.ts';

/**
 * The API key behind a request to `/v1`. Cookies are not looked at here.
 *
 * @throws PipelinesError `unauthenticated`, `invalid_api_key`, `forbidden`
 */
export function authenticateCaller(
  request: IncomingMessage,
  identity: Pick<Identity, 'authenticateKey'>,
  permission: Permission,
): AuthenticatedKey {
  const presented = readPresentedKey(request);
  if (presented === undefined) throw new PipelinesError('unauthenticated', { fix: 'Send an API key as "Authorization: Bearer ppl_…".' });
  const key = presented === null ? null : identity.authenticateKey(presented);
  if (key === null) throw new PipelinesError('invalid_api_key');
  if (!isAllowed(key.principal.role, permission)) throw new PipelinesError('forbidden');
  return key;
}

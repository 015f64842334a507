import { isAllowed, type Permission, PipelinesError, type Principal } from '@pipelines/contracts';
import type { Identity, SignedInMember } from '@pipelines/identity';
import { readPresentedKey } from '../read-presented-key.ts';
import type { RequestContext } from '../request-context.ts';
import { refuseCrossSite } from './refuse-cross-site.ts';
import type { SessionCookie } from './session-cookie.ts';

export interface AuthorizeDependencies {
  readonly identity: Pick<Identity, 'authenticateKey' | 'readSession'>;
  readonly cookie: SessionCookie;
  readonly publicUrl: string;
}

/** Who is calling, from a session or an API key. */
export interface Caller {
  readonly principal: Principal;
  /** Null for an API key. */
  readonly signedIn: SignedInMember | null;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Decides who calls, and whether they may. A presented API key counts alone, cookie or not.
 *
 * @returns null on a public route
 * @throws PipelinesError `unauthenticated`, `invalid_api_key`, `forbidden`, `cross_site_request`
 */
export async function authorizeRequest(
  { identity, cookie, publicUrl }: AuthorizeDependencies,
  context: RequestContext,
  permission: Permission,
): Promise<Caller | null> {
  const { request } = context;
  const presented = readPresentedKey(request);
  // Only a browser sends cookies by itself; also a public route may set one.
  if (presented === undefined && !safeMethods.has(request.method ?? '')) refuseCrossSite(request, publicUrl);
  if (permission === 'public') return null;

  const caller = presented === undefined ? await readSessionCaller() : readKeyCaller(presented);
  context.organizationId = caller.principal.organizationId;
  if (!isAllowed(caller.principal.role, permission)) throw new PipelinesError('forbidden');
  return caller;

  async function readSessionCaller(): Promise<Caller> {
    const token = cookie.read(request);
    const signedIn = token === null ? null : await identity.readSession(token);
    if (signedIn === null) throw new PipelinesError('unauthenticated');
    return { principal: signedIn.principal, signedIn };
  }

  function readKeyCaller(key: string | null): Caller {
    const authenticated = key === null ? null : identity.authenticateKey(key);
    if (authenticated === null) throw new PipelinesError('invalid_api_key');
    return { principal: authenticated.principal, signedIn: null };
  }
}

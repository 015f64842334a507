import type { Session } from '@pipelines/contracts';
import type { OpenedSession } from '@pipelines/identity';
import type { RouteCall } from './route-table.ts';
import type { SessionCookie } from './session-cookie.ts';

export interface SessionDependencies {
  readonly cookie: SessionCookie;
}

/** Hands the token to the browser, as a cookie only, and the session to the page. */
export function openSession(call: Pick<RouteCall, 'setCookie'>, { token, session }: OpenedSession, cookie: SessionCookie): Session {
  call.setCookie(cookie.issue(token, new Date(session.expires_at)));
  return session;
}

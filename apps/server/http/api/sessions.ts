import type { Identity } from '@pipelines/identity';
import { openSession, type SessionDependencies } from './open-session.ts';
import { type Handlers, requireMember } from './route-table.ts';

export interface SessionsDependencies extends SessionDependencies {
  readonly identity: Pick<Identity, 'signIn' | 'signOut' | 'listSessions' | 'revokeSession' | 'changePassword'>;
}

type SessionOperation = 'signIn' | 'getSession' | 'signOut' | 'listSessions' | 'revokeSession' | 'changePassword';

export function sessionHandlers({ identity, cookie }: SessionsDependencies): Handlers<SessionOperation> {
  return {
    signIn: async (call) => openSession(call, await identity.signIn(call.body, call.origin), cookie),
    getSession: (call) => requireMember(call).session,
    async signOut(call) {
      await identity.signOut(requireMember(call));
      call.setCookie(cookie.clear());
    },
    listSessions: async (call) => ({ data: await identity.listSessions(requireMember(call)) }),
    revokeSession: (call) => identity.revokeSession(requireMember(call), call.params.id),
    changePassword: (call) => identity.changePassword(requireMember(call), call.body, call.origin),
  };
}

import type { Identity } from '@pipelines/identity';
import { openSession, type SessionDependencies } from './open-session.ts';
import type { Handlers } from './route-table.ts';

export interface SetupDependencies extends SessionDependencies {
  readonly identity: Pick<Identity, 'isSetupNeeded' | 'completeSetup'>;
  /** The printed link is worth nothing from now on. */
  readonly onSetupCompleted: () => void;
}

export function setupHandlers({ identity, cookie, onSetupCompleted }: SetupDependencies): Handlers<'getSetup' | 'completeSetup'> {
  return {
    getSetup: async () => ({ needed: await identity.isSetupNeeded() }),
    async completeSetup(call) {
      const opened = await identity.completeSetup(call.body, call.origin);
      onSetupCompleted();
      return openSession(call, opened, cookie);
    },
  };
}

import type { SetupBody } from '@pipelines/contracts';
import { createTestDatabase } from '@pipelines/database/testing';
import { createIdentity, type Identity } from '../create-identity.ts';
import type { OpenedSession } from '../sessions/describe-session.ts';

/** The real time, moved. */
export interface TestClock {
  now(): Date;
  advance(ms: number): void;
}

export const testOrigin = { address: '192.0.2.1', userAgent: 'test' };
export const testPassword = 'correct horse battery';
const pepper = Buffer.alloc(32, 7);

/** Identity on a fresh database, with a clock of its own. `replicate` starts another process on the same database. */
export async function createTestIdentity() {
  const { database, url, close } = await createTestDatabase();
  let offsetMs = 0;
  const clock: TestClock = {
    now: () => new Date(Date.now() + offsetMs),
    advance(ms) {
      offsetMs += ms;
    },
  };
  const started: Identity[] = [];
  const replicate = async (): Promise<Identity> => {
    const replica = createIdentity({ database, pepper, log: () => undefined, publicUrl: 'https://pipelines.example/', now: clock.now });
    await replica.start();
    started.push(replica);
    return replica;
  };
  const identity = await replicate();
  return {
    identity,
    clock,
    database,
    url,
    replicate,
    async close() {
      for (const replica of started) await replica.stop();
      await close();
    },
  };
}

export function tokenOf(link: string | null): string {
  return link?.split('#token=')[1] ?? '';
}

export function setupBody(token: string, changes: Partial<SetupBody> = {}): SetupBody {
  return { token, organization_name: 'Acme', name: 'Ada', email: 'ada@example.com', password: testPassword, ...changes };
}

/** Creates the organization; answers with the admin's session. */
export async function setUp(identity: Identity): Promise<OpenedSession> {
  return identity.completeSetup(setupBody(tokenOf(await identity.createSetupLink())), testOrigin);
}

/** Invites somebody and joins as them. */
export async function join(
  identity: Identity,
  admin: OpenedSession,
  email: string,
  role: 'admin' | 'builder' | 'viewer',
): Promise<OpenedSession> {
  const { link } = await identity.inviteMember(admin.principal, { email, role });
  return identity.acceptInvitation({ token: tokenOf(link), name: email, password: testPassword }, testOrigin);
}

import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenedSession } from '../index.ts';
import { createTestIdentity, join, setUp, testOrigin, testPassword, tokenOf } from '../testing/create-test-identity.ts';

type Test = Awaited<ReturnType<typeof createTestIdentity>>;
let test: Test;
let ada: OpenedSession;

beforeEach(async () => {
  test = await createTestIdentity();
  ada = await setUp(test.identity);
});
afterEach(() => test.close());

const accept = (token: string) => test.identity.acceptInvitation({ token, name: 'Bob', password: testPassword }, testOrigin);

describe('an invitation', () => {
  it('admits one person, once, in its role', async () => {
    const invited = await test.identity.inviteMember(ada.principal, { email: 'bob@example.com', role: 'builder' });
    expect(await test.identity.listInvitations(ada.principal.organizationId)).toHaveLength(1);
    const results = await Promise.allSettled([accept(tokenOf(invited.link)), accept(tokenOf(invited.link))]);
    const [admitted] = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(admitted?.session.member).toMatchObject({ email: 'bob@example.com', role: 'builder' });
    expect(await test.identity.listInvitations(ada.principal.organizationId)).toEqual([]);
  });

  it('is worth nothing when it is revoked, expired or guessed', async () => {
    const revoked = await test.identity.inviteMember(ada.principal, { email: 'bob@example.com', role: 'viewer' });
    await test.identity.revokeInvitation(ada.principal, revoked.id);
    await expect(test.identity.revokeInvitation(ada.principal, revoked.id)).rejects.toMatchObject({ code: 'not_found' });
    const expired = await test.identity.inviteMember(ada.principal, { email: 'eve@example.com', role: 'viewer' });
    test.clock.advance(7 * 24 * 60 * 60 * 1000);
    for (const token of [tokenOf(revoked.link), tokenOf(expired.link), '', 'null']) {
      await expect(accept(token)).rejects.toMatchObject({ code: 'invitation_invalid' });
    }
  });

  it('is refused for an active member, and brings somebody back who left', async () => {
    const bob = await join(test.identity, ada, 'bob@example.com', 'builder');
    await expect(test.identity.inviteMember(ada.principal, { email: 'bob@example.com', role: 'viewer' })).rejects.toMatchObject({
      code: 'already_exists',
    });
    await test.identity.deactivateMember(ada.principal, bob.session.member.id);
    const back = await join(test.identity, ada, 'bob@example.com', 'viewer');
    expect(back.session.member).toMatchObject({ id: bob.session.member.id, role: 'viewer' });
  });
});

describe('the last admin', () => {
  it('can neither leave nor step down', async () => {
    await join(test.identity, ada, 'bob@example.com', 'builder');
    const { id } = ada.session.member;
    await expect(test.identity.deactivateMember(ada.principal, id)).rejects.toMatchObject({ code: 'last_admin' });
    await expect(test.identity.updateMember(ada.principal, id, { role: 'viewer' })).rejects.toMatchObject({ code: 'last_admin' });
    expect((await test.identity.updateMember(ada.principal, id, { name: 'Ada L.' })).name).toBe('Ada L.');
  });

  it('is left over when two admins take each other out at once', async () => {
    const eve = await join(test.identity, ada, 'eve@example.com', 'admin');
    // Both connections are there already, so that neither waits for one.
    await Promise.all([1, 2].map(() => test.database.db.execute(sql`select pg_sleep(0.1)`)));
    await Promise.allSettled([
      test.identity.deactivateMember(ada.principal, eve.session.member.id),
      test.identity.deactivateMember(eve.principal, ada.session.member.id),
    ]);
    const members = await test.identity.listMembers(ada.principal.organizationId);
    expect(members.filter(({ active, role }) => active && role === 'admin')).toHaveLength(1);
  });
});

describe('somebody who is taken out', () => {
  it('loses sessions, keys and open invitations, and cannot sign in', async () => {
    const eve = await join(test.identity, ada, 'eve@example.com', 'admin');
    const { key } = await test.identity.createApiKey(eve.principal, { name: 'k', role: 'admin' });
    const { link } = await test.identity.inviteMember(eve.principal, { email: 'mallory@example.com', role: 'admin' });
    expect(test.identity.authenticateKey(key)).not.toBeNull();
    await test.identity.deactivateMember(ada.principal, eve.session.member.id);
    expect(test.identity.authenticateKey(key)).toBeNull();
    expect(await test.identity.readSession(eve.token)).toBeNull();
    await expect(accept(tokenOf(link))).rejects.toMatchObject({ code: 'invitation_invalid' });
    await expect(test.identity.signIn({ email: 'eve@example.com', password: testPassword }, testOrigin)).rejects.toMatchObject({
      code: 'wrong_email_or_password',
    });
    await expect(test.identity.deactivateMember(ada.principal, eve.session.member.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

it('nobody reaches into another organization', async () => {
  const foreign = { ...ada.principal, organizationId: '01890000-0000-7000-8000-000000000001' };
  const { id } = ada.session.member;
  const { id: keyId } = await test.identity.createApiKey(ada.principal, { name: 'k', role: 'inference' });
  const { id: invitationId } = await test.identity.inviteMember(ada.principal, { email: 'bob@example.com', role: 'viewer' });
  const tries = [
    test.identity.updateMember(foreign, id, { name: 'x' }),
    test.identity.deactivateMember(foreign, id),
    test.identity.revokeApiKey(foreign, keyId),
    test.identity.revokeInvitation(foreign, invitationId),
  ];
  for (const result of await Promise.allSettled(tries)) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
  expect(await test.identity.listMembers(foreign.organizationId)).toEqual([]);
  expect(await test.identity.listApiKeys(foreign.organizationId)).toEqual([]);
  expect((await test.identity.listAuditLog(foreign.organizationId, { limit: 50 })).data).toEqual([]);
});

import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenedSession } from '../index.ts';
import { createTestIdentity, join, setUp, testOrigin, testPassword } from '../testing/create-test-identity.ts';

type Test = Awaited<ReturnType<typeof createTestIdentity>>;
let test: Test;
let ada: OpenedSession;

beforeEach(async () => {
  test = await createTestIdentity();
  ada = await setUp(test.identity);
});
afterEach(() => test.close());

const hour = 60 * 60 * 1000;

describe('a session', () => {
  it('ends after 12 hours without a request', async () => {
    test.clock.advance(12 * hour - 60_000);
    expect(await test.identity.readSession(ada.token)).not.toBeNull();
    test.clock.advance(12 * hour - 60_000);
    expect(await test.identity.readSession(ada.token)).not.toBeNull();
    test.clock.advance(12 * hour);
    expect(await test.identity.readSession(ada.token)).toBeNull();
    test.clock.advance(-12 * hour);
    expect(await test.identity.readSession(ada.token)).toBeNull();
  });

  it('ends after 7 days, however busy', async () => {
    for (let passed = 0; passed < 7 * 24; passed += 8) {
      expect(await test.identity.readSession(ada.token), `after ${passed} hours`).not.toBeNull();
      test.clock.advance(8 * hour);
    }
    expect(await test.identity.readSession(ada.token)).toBeNull();
  });

  it('is stored as a hash only', async () => {
    const { rows } = await test.database.db.execute<{ all: string }>(sql`select coalesce(json_agg(s)::text, '') as all from sessions s`);
    expect(rows[0]?.all).not.toContain(ada.token);
  });

  it.each(['', 'x', 'null', 'A'.repeat(43), "' or 1=1--", 'A'.repeat(10_000)])('is not opened by %j', async (token) => {
    expect(await test.identity.readSession(token)).toBeNull();
  });

  it('can be seen and ended by its own member only', async () => {
    const bob = await join(test.identity, ada, 'bob@example.com', 'viewer');
    const own = await test.identity.listSessions(ada);
    expect(own.map(({ id, current }) => [id, current])).toEqual([[ada.sessionId, true]]);
    await expect(test.identity.revokeSession(bob, ada.sessionId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(test.identity.revokeSession(ada, 'no-uuid')).rejects.toMatchObject({ code: 'not_found' });
    await test.identity.revokeSession(ada, ada.sessionId);
    expect(await test.identity.readSession(ada.token)).toBeNull();
  });
});

describe('signing in', () => {
  const sign = (email: string, password: string, address = '192.0.2.9') =>
    test.identity.signIn({ email, password }, { ...testOrigin, address });

  it('tells nothing about which half was wrong', async () => {
    const wrongPassword = await sign('ada@example.com', 'wrong').catch((error: Error) => error);
    const nobody = await sign('nobody@example.com', testPassword).catch((error: Error) => error);
    expect(wrongPassword).toEqual(nobody);
    expect(nobody).toMatchObject({ code: 'wrong_email_or_password' });
  });

  it('locks the account after ten tries, also for the right password, for 15 minutes at most', async () => {
    for (let index = 0; index < 10; index += 1) await expect(sign('ada@example.com', 'wrong', `192.0.2.${index}`)).rejects.toThrow();
    const locked = await sign('ada@example.com', testPassword, '192.0.2.99').catch((error: Error) => error);
    expect(locked).toMatchObject({ code: 'rate_limited' });
    expect((locked as { retryAfterSeconds?: number }).retryAfterSeconds).toBeLessThanOrEqual(900);
  });

  it('counts tries of before a success no more, and parallel ones too', async () => {
    for (let index = 0; index < 9; index += 1) await expect(sign('ada@example.com', 'wrong')).rejects.toThrow();
    await sign('ada@example.com', testPassword);
    const results = await Promise.allSettled(Array.from({ length: 15 }, () => sign('ada@example.com', 'wrong')));
    const codes = results.map((result) => (result.status === 'rejected' ? (result.reason as { code: string }).code : 'ok'));
    expect(codes.filter((code) => code === 'wrong_email_or_password')).toHaveLength(10);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(5);
  });
});

describe('a new password', () => {
  it('needs the old one, ends the other sessions, and is the only one from then on', async () => {
    const elsewhere = await test.identity.signIn({ email: 'ada@example.com', password: testPassword }, testOrigin);
    const body = { current_password: testPassword, new_password: 'another long password' };
    await expect(test.identity.changePassword(ada, { ...body, current_password: 'wrong' }, testOrigin)).rejects.toMatchObject({
      code: 'wrong_email_or_password',
    });
    await test.identity.changePassword(ada, body, testOrigin);
    expect(await test.identity.readSession(ada.token)).not.toBeNull();
    expect(await test.identity.readSession(elsewhere.token)).toBeNull();
    await expect(test.identity.signIn({ email: 'ada@example.com', password: testPassword }, testOrigin)).rejects.toThrow();
    await test.identity.signIn({ email: 'ada@example.com', password: body.new_password }, testOrigin);
  });
});

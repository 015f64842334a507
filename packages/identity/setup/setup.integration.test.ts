import { schema } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestIdentity, setUp, setupBody, testOrigin, testPassword, tokenOf } from '../testing/create-test-identity.ts';
import { lockFounding } from './lock-founding.ts';

type Test = Awaited<ReturnType<typeof createTestIdentity>>;
let test: Test;

beforeEach(async () => {
  test = await createTestIdentity();
});
afterEach(() => test.close());

describe('the setup link', () => {
  it('creates the first admin, who is signed in, and then nobody else', async () => {
    const { identity } = test;
    expect(await identity.isSetupNeeded()).toBe(true);
    const link = await identity.createSetupLink();
    expect(link).toMatch(/^https:\/\/pipelines\.example\/setup#token=[A-Za-z0-9_-]{43}$/);
    const opened = await identity.completeSetup(setupBody(tokenOf(link)), testOrigin);
    expect(opened.session).toMatchObject({ member: { email: 'ada@example.com', role: 'admin' }, organization: { name: 'Acme' } });
    expect((await identity.readSession(opened.token))?.principal).toEqual(opened.principal);
    expect(await identity.isSetupNeeded()).toBe(false);
    await expect(identity.completeSetup(setupBody(tokenOf(link)), testOrigin)).rejects.toMatchObject({ code: 'setup_closed' });
    expect(await identity.createSetupLink()).toBeNull();
  });

  it('is the newest one only, and never an empty or guessed one', async () => {
    const { identity } = test;
    const old = tokenOf(await identity.createSetupLink());
    await identity.createSetupLink();
    for (const token of [old, '', 'null', 'undefined', 'A'.repeat(43)]) {
      await expect(identity.completeSetup(setupBody(token), testOrigin)).rejects.toMatchObject({ code: 'setup_link_invalid' });
    }
  });

  it('is worth nothing when a newer one is made while it is used', async () => {
    const { identity, database } = test;
    const token = tokenOf(await identity.createSetupLink());
    const used = await database.db.transaction(async (tx) => {
      await lockFounding(tx);
      const pending = identity.completeSetup(setupBody(token), testOrigin).catch((error: unknown) => error);
      // Those of this database: other tests share the server.
      const waiting = sql`select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`;
      await expect.poll(async () => (await database.db.execute(waiting)).rows.length).toBe(1);
      await tx.delete(schema.setupLinks);
      return { pending };
    });
    expect(await used.pending).toMatchObject({ code: 'setup_link_invalid' });
    expect(await identity.isSetupNeeded()).toBe(true);
  });

  it('serves one of many that use it at once', async () => {
    const { identity } = test;
    const token = tokenOf(await identity.createSetupLink());
    const tries = Array.from({ length: 5 }, (_, index) =>
      identity.completeSetup(setupBody(token, { email: `a${index}@example.com` }), testOrigin),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('bootstrap by the operator', () => {
  const bootstrap = { email: 'ops@example.com', password: testPassword, apiKey: `ppl_${'ab'.repeat(20)}` };

  it('works on an empty database only', async () => {
    const { identity } = test;
    expect(await identity.bootstrapOrganization(bootstrap)).toBe(true);
    expect(await identity.bootstrapOrganization({ ...bootstrap, email: 'other@example.com' })).toBe(false);
    const { session } = await identity.signIn({ email: bootstrap.email, password: bootstrap.password }, testOrigin);
    expect(session.member.role).toBe('admin');
    await expect(identity.signIn({ email: 'other@example.com', password: testPassword }, testOrigin)).rejects.toMatchObject({
      code: 'wrong_email_or_password',
    });
    const replica = await test.replicate();
    expect(replica.authenticateKey(bootstrap.apiKey)?.principal.role).toBe('admin');
  });

  it('changes nothing once somebody has set up the server', async () => {
    await setUp(test.identity);
    expect(await test.identity.bootstrapOrganization(bootstrap)).toBe(false);
    expect((await test.replicate()).authenticateKey(bootstrap.apiKey)).toBeNull();
  });
});

it('founding is in the audit log', async () => {
  const { principal } = await setUp(test.identity);
  const first = await test.identity.listAuditLog(principal.organizationId, { limit: 1 });
  const second = await test.identity.listAuditLog(principal.organizationId, { limit: 1, cursor: first.next_cursor ?? '' });
  expect([...second.data, ...first.data].map(({ action, actor }) => [action, actor.type])).toEqual([
    ['organization.created', 'system'],
    ['member.created', 'system'],
  ]);
  expect(second.next_cursor).toBeNull();
});

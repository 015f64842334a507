import type { KeyRole } from '@pipelines/contracts';
import { openDatabase } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdentity } from '../create-identity.ts';
import type { OpenedSession } from '../index.ts';
import { createTestIdentity, join, setUp } from '../testing/create-test-identity.ts';

type Test = Awaited<ReturnType<typeof createTestIdentity>>;
let test: Test;
let ada: OpenedSession;

beforeEach(async () => {
  test = await createTestIdentity();
  ada = await setUp(test.identity);
});
afterEach(() => test.close());

const create = (by: Pick<OpenedSession, 'principal'>, role: KeyRole, more: object = {}) =>
  test.identity.createApiKey(by.principal, { name: 'k', role, ...more });

describe('making a key', () => {
  it('has the form ppl_ and 40 hex digits, and is stored as a keyed hash', async () => {
    const { key, last_four } = await create(ada, 'inference');
    expect(key).toMatch(/^ppl_[0-9a-f]{40}$/);
    expect(key.endsWith(last_four)).toBe(true);
    const { rows } = await test.database.db.execute<{ all: string }>(sql`select json_agg(k)::text as all from api_keys k`);
    expect(rows[0]?.all).not.toContain(key.slice(4, 30));
  });

  it('gives nobody more than they have', async () => {
    const bob = await join(test.identity, ada, 'bob@example.com', 'builder');
    const vera = await join(test.identity, ada, 'vera@example.com', 'viewer');
    await expect(create(bob, 'admin')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(create(vera, 'viewer')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(create(vera, 'inference')).rejects.toMatchObject({ code: 'forbidden' });
    const limited = await create(ada, 'builder', { allowed_models: ['a', 'b'], expires_at: new Date(Date.now() + 60_000).toISOString() });
    const parent = test.identity.authenticateKey(limited.key);
    if (parent === null) throw new Error('the key does not work');
    const soon = new Date(Date.now() + 30_000).toISOString();
    const late = new Date(Date.now() + 90_000).toISOString();
    await expect(create(parent, 'inference', { expires_at: soon })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(create(parent, 'inference', { allowed_models: ['a', 'c'], expires_at: soon })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(create(parent, 'inference', { allowed_models: ['a'] })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(create(parent, 'inference', { allowed_models: ['a'], expires_at: late })).rejects.toMatchObject({ code: 'forbidden' });
    const child = await create(parent, 'inference', { allowed_models: ['a'], expires_at: soon });
    expect(child.created_by).toBe(ada.session.member.id);
    expect(test.identity.authenticateKey(child.key)?.principal.allowedModels).toEqual(new Set(['a']));
  });

  it('refuses an end in the past', async () => {
    await expect(create(ada, 'inference', { expires_at: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

describe('a key that works', () => {
  it('ends with its time', async () => {
    const { key } = await create(ada, 'inference', { expires_at: new Date(Date.now() + 60_000).toISOString() });
    expect(test.identity.authenticateKey(key)).not.toBeNull();
    test.clock.advance(60_001);
    expect(test.identity.authenticateKey(key)).toBeNull();
  });

  it('follows its creator down at once', async () => {
    const eve = await join(test.identity, ada, 'eve@example.com', 'admin');
    const strong = await create(eve, 'admin');
    const calls = await create(eve, 'inference');
    await test.identity.updateMember(ada.principal, eve.session.member.id, { role: 'builder' });
    expect(test.identity.authenticateKey(strong.key)?.principal.role).toBe('builder');
    await test.identity.updateMember(ada.principal, eve.session.member.id, { role: 'viewer' });
    expect(test.identity.authenticateKey(strong.key)?.principal.role).toBe('viewer');
    expect(test.identity.authenticateKey(calls.key)).toBeNull();
  });

  it('is known and revoked on another replica within moments', async () => {
    const replica = await test.replicate();
    const { key, id } = await create(ada, 'inference');
    await vi.waitFor(() => expect(replica.authenticateKey(key)).not.toBeNull(), { timeout: 20_000 });
    await test.identity.revokeApiKey(ada.principal, id);
    expect(test.identity.authenticateKey(key)).toBeNull();
    await vi.waitFor(() => expect(replica.authenticateKey(key)).toBeNull(), { timeout: 20_000 });
  });

  it('is marked as used, in a batch', async () => {
    const { key, id } = await create(ada, 'inference');
    const replica = await test.replicate();
    replica.authenticateKey(key);
    const lastUse = async () => (await test.identity.listApiKeys(ada.principal.organizationId)).find((row) => row.id === id)?.last_used_at;
    expect(await lastUse()).toBeNull();
    await replica.stop();
    expect(await lastUse()).not.toBeNull();
  });

  it('cannot be revoked by somebody below it', async () => {
    const bob = await join(test.identity, ada, 'bob@example.com', 'builder');
    const { id } = await create(ada, 'admin');
    await expect(test.identity.revokeApiKey(bob.principal, id)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

it('without the database, known keys work and unknown ones are neither let in nor called wrong', async () => {
  const { key } = await create(ada, 'inference');
  const database = openDatabase({ url: test.url, log: () => undefined });
  const lonely = createIdentity({ database, pepper: Buffer.alloc(32, 7), log: () => undefined, publicUrl: 'http://x' });
  await lonely.start();
  const unknown = `ppl_${'0'.repeat(40)}`;
  expect(lonely.authenticateKey(unknown)).toBeNull();
  await database.close();
  await vi.waitFor(() => expect(() => lonely.authenticateKey(unknown)).toThrow(expect.objectContaining({ code: 'unavailable' })), {
    timeout: 10_000,
    interval: 100,
  });
  expect(lonely.authenticateKey(key)?.principal.organizationId).toBe(ada.principal.organizationId);
  await lonely.stop();
});

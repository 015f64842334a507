import { schema } from '@pipelines/database';
import { startFakeOpenAi } from '@pipelines/providers/testing';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { compatible, never } from '../__fixtures__/bodies.ts';
import { startTestRegistry } from '../__fixtures__/start-test-registry.ts';
import { purgeTests } from './purge-tests.ts';
import { hashTestToken } from './test-token.ts';

describe('purgeTests', () => {
  it('forgets the secret of a test that can be saved no more, and later the test', async () => {
    const upstream = await startFakeOpenAi();
    const { registry, admin, database, close } = await startTestRegistry();
    const { connectionTests } = schema;
    const { id } = await registry.testConnection(admin, compatible(upstream.baseUrl, 'sk-0123456789abcdef'), never);
    const read = async () =>
      (
        await database.db
          .select()
          .from(connectionTests)
          .where(eq(connectionTests.tokenHash, hashTestToken(id)))
      )[0];
    const age = (interval: string) => database.db.update(connectionTests).set({ expiresAt: sql`now() - ${interval}::interval` });

    await purgeTests(database);
    expect((await read())?.sealed).toBeInstanceOf(Uint8Array);
    await age('1 second');
    await purgeTests(database);
    expect(await read()).toMatchObject({ sealed: null, passed: true });
    await age('25 hours');
    await purgeTests(database);
    expect(await read()).toBeUndefined();
    await close();
    await upstream.close();
  });
});

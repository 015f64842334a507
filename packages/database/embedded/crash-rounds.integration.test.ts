import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataDir, query, removeDataDir } from '../testing/embedded-data-dir.ts';
import { type SpawnedPostgres, spawnEmbeddedPostgres } from '../testing/spawn-embedded-postgres.ts';
import { canTraverse } from './can-traverse.ts';
import { chooseOsUser } from './choose-os-user.ts';
import { isProcessAlive } from './is-process-alive.ts';

const rounds = 3;
const isRoot = process.getuid?.() === 0;
const ordinary = isRoot ? chooseOsUser('/nonexistent') : {};
const checkout = fileURLToPath(new URL('.', import.meta.url));

const users = [
  { name: isRoot ? 'root' : 'an ordinary user', user: {}, possible: true },
  { name: 'an ordinary user, started by root', user: ordinary, possible: isRoot && canTraverse(checkout, ordinary) },
].filter(({ possible }) => possible);

describe.each(users)('embedded PostgreSQL of $name', ({ user }) => {
  let dataDir: string;
  let spawned: SpawnedPostgres[];

  beforeEach(() => {
    dataDir = makeDataDir(user);
    spawned = [];
  });
  afterEach(async () => {
    for (const { node, end } of spawned) if (node.exitCode === null && node.signalCode === null) await end('SIGKILL');
    removeDataDir(dataDir);
  });

  const start = async () => {
    const postgres = await spawnEmbeddedPostgres(dataDir, user);
    spawned.push(postgres);
    return postgres;
  };
  const countRows = async (url: string) => (await query<{ count: number }>(url, 'select count(*)::int as count from rounds'))[0]?.count;

  it(`survives kill -9 of node, of PostgreSQL and of both, ${rounds} times each, with every committed row`, {
    timeout: 240_000,
  }, async () => {
    let postgres = await start();
    await query(postgres.url, 'create table rounds (round int)');
    let written = 0;
    for (const victims of ['node', 'postgres', 'both'] as const) {
      for (let round = 0; round < rounds; round += 1) {
        await query(postgres.url, `insert into rounds values (${written})`);
        written += 1;
        if (victims !== 'node') process.kill(postgres.pid, 'SIGKILL');
        await postgres.end('SIGKILL');

        const before = postgres;
        postgres = await start();
        expect(postgres.url).toBe(before.url);
        // The server outlives a node that was killed, and is found again.
        if (victims === 'node') expect(postgres).toMatchObject({ attached: true, pid: before.pid });
        expect(await countRows(postgres.url)).toBe(written);
      }
    }
    await postgres.end('SIGTERM');
    expect(isProcessAlive(postgres.pid)).toBe(false);
  });

  it('is one server for three processes that start at once on an empty folder', async () => {
    const all = await Promise.all([start(), start(), start()]);
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(1);
    expect(all.filter(({ attached }) => !attached)).toHaveLength(1);

    const [one, two, three] = all as [SpawnedPostgres, SpawnedPostgres, SpawnedPostgres];
    await one.end('SIGTERM');
    // Killed, so that it cannot say goodbye; it must not count any more.
    await two.end('SIGKILL');
    expect(isProcessAlive(three.pid)).toBe(true);
    await three.end('SIGTERM');
    expect(isProcessAlive(three.pid)).toBe(false);
  });

  it('comes back for a process that was only attached', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    await one.end('SIGKILL');
    process.kill(two.pid, 'SIGKILL');
    const third = await start();
    expect(third.url).toBe(two.url);
    await third.end('SIGTERM');
    expect(await query(two.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await two.end('SIGTERM');
    await expect(query(two.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

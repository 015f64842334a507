import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { schema } from '@pipelines/database';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addOrganization } from '../__fixtures__/open-test-usage.ts';
import { endOf, startOf } from '../__fixtures__/sample-calls.ts';
import { createUsage } from '../create-usage.ts';

const program = fileURLToPath(new URL('../__fixtures__/meter-until-killed.ts', import.meta.url));
const rounds = 5;
/** USD, of a call of the samples that has ended. */
const costOfSample = '0.0002';

let test: TestDatabase;
let journalDir: string;
beforeAll(async () => {
  test = await createTestDatabase();
  journalDir = await mkdtemp(path.join(os.tmpdir(), 'usage-crash-'));
});
afterAll(async () => {
  await rm(journalDir, { recursive: true, force: true });
  await test.close();
});

/** A budget of all that the organization spends. */
async function addBudget(organizationId: string): Promise<string> {
  const id = uuidv7();
  await test.database.db.insert(schema.budgets).values({ organizationId, id, period: 'total', amount: '1000' });
  await test.database.db.insert(schema.budgetPeriods).values({ organizationId, budgetId: id, startsAt: new Date(0) });
  return id;
}

/** What each process that wrote a journal may spend of it. */
async function grantToAll(organizationId: string, budgetId: string): Promise<void> {
  const processes = await readdir(journalDir);
  await test.database.db
    .insert(schema.budgetGrants)
    .values(processes.map((processId) => ({ organizationId, budgetId, startsAt: new Date(0), processId, amount: '10' })));
}

interface Told {
  readonly begun: Set<string>;
  readonly ended: Set<string>;
}

/** Two processes on one folder, each killed in the middle of its calls. */
async function runAndKill(organizationId: string, told: Told): Promise<void> {
  const children = [0, 1].map(() =>
    spawn(process.execPath, ['--import', 'tsx', program, journalDir, organizationId], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  await Promise.all(children.map((child) => killOnceBusy(child, told)));
}

async function killOnceBusy(child: ChildProcessByStdio<null, Readable, null>, told: Told): Promise<void> {
  let text = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (piece: string) => {
    text += piece;
  });
  const ended = once(child, 'close');
  const countEnded = () => text.split('\n').filter((line) => line.startsWith('E')).length;
  while (countEnded() < 10 && child.exitCode === null) await Promise.race([once(child.stdout, 'data'), ended]);
  await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 200));
  child.kill('SIGKILL');
  await ended;
  for (const line of text.split('\n').slice(0, -1)) (line.startsWith('S') ? told.begun : told.ended).add(line.slice(2));
}

it('has exactly one row for each call, after every kill -9', { timeout: 120_000 }, async () => {
  const organizationId = await addOrganization(test.database);
  const budgetId = await addBudget(organizationId);
  const told: Told = { begun: new Set(), ended: new Set() };
  for (let round = 0; round < rounds; round += 1) {
    await runAndKill(organizationId, told);
    await grantToAll(organizationId, budgetId);
    const events: string[] = [];
    const usage = createUsage({ database: test.database, journalDir, log: ({ event }) => events.push(event) });
    await usage.start();
    const own = usage.begin(startOf(organizationId));
    told.begun.add(own.attemptId);
    own.end(endOf());
    told.ended.add(own.attemptId);
    await usage.flush();
    await usage.close();
    expect(events).toContain('usage_recovered');
    expect(await readdir(journalDir)).toEqual([]);
  }

  const rows = await test.database.db
    .select({ id: schema.attempts.id, status: schema.attempts.status })
    .from(schema.attempts)
    .where(eq(schema.attempts.organizationId, organizationId));
  const statuses = new Map(rows.map(({ id, status }) => [id, status]));
  expect(statuses.size).toBe(rows.length);
  expect([...told.begun].filter((id) => !statuses.has(id))).toEqual([]);
  // A kill between the call and the word about it may hide one call of each of a process's five.
  expect(rows.length - told.begun.size).toBeLessThanOrEqual(rounds * 2);
  expect(told.ended.size).toBeGreaterThan(rounds * 10);
  expect([...told.begun].filter((id) => !told.ended.has(id)).some((id) => statuses.get(id) === 'unknown')).toBe(true);
  expect(new Set(statuses.values())).toEqual(new Set(['succeeded', 'unknown']));
  // Budgets have counted each of them once, those that nobody knows at what they were taken for, and hold nothing for the dead.
  const [counted] = await test.database.db
    .select()
    .from(schema.budgetPeriods)
    .where(eq(schema.budgetPeriods.organizationId, organizationId));
  const count = (status: string) => [...statuses.values()].filter((each) => each === status).length;
  expect(Number(counted?.spent)).toBeCloseTo(count('succeeded') * Number(costOfSample) + count('unknown') * 0.0003, 9);
  expect(counted?.uncountedCalls).toBe(0);
  expect(await test.database.db.select().from(schema.budgetGrants)).toEqual([]);
});

it('leaves the folder of a process that lives alone', async () => {
  const organizationId = await addOrganization(test.database);
  const [first, second] = [0, 1].map(() => createUsage({ database: test.database, journalDir, log: () => {} }));
  if (first === undefined || second === undefined) throw new Error('unreachable');
  await first.start();
  const open = first.begin(startOf(organizationId));
  await second.start();
  await second.flush();
  await expect(second.getAttempt(organizationId, open.attemptId)).rejects.toMatchObject({ code: 'not_found' });
  open.end(endOf());
  await first.close();
  await second.close();
  expect(await second.getAttempt(organizationId, open.attemptId)).toMatchObject({ status: 'succeeded' });
});

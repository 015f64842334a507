import type { TaskEvent } from '@pipelines/contracts';
import { openDatabase } from '@pipelines/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphOf, stepOf } from '../__fixtures__/build-graph.ts';
import { type EngineStand, startEngineStand } from '../__fixtures__/start-engine-stand.ts';
import { createWorkflows } from '../create-workflows.ts';
import type { Workflows } from '../workflows.ts';
import { putTogether } from './__fixtures__/put-together.ts';
import { createLiveFeed, type LiveFeed } from './live-feed.ts';

/** The engine here; the watcher on a connection of its own, as in a process without a worker. */
let stand: EngineStand;
let elsewhere: { workflows: Workflows; feed: LiveFeed; close(): Promise<void> };
let slug: string;
beforeAll(async () => {
  stand = await startEngineStand();
  slug = await stand.addModel('Tiny Chat');
  await stand.engine.start();
  const database = openDatabase({ url: stand.place.databaseUrl, log: () => undefined });
  const feed = createLiveFeed(database);
  const { registry, engine, stepDoors } = stand;
  const workflows = createWorkflows({ database, registry, engine, feed, stepDoors });
  elsewhere = {
    workflows,
    feed,
    async close() {
      await feed.close();
      await database.close();
    },
  };
});
afterAll(async () => {
  await elsewhere.close();
  await stand.engine.stop();
  await stand.close();
});

const twoSteps = () =>
  graphOf(
    [
      stepOf('start', 'start'),
      stepOf('llm', 'first', { model: slug }),
      stepOf('llm', 'then', { model: slug, user_prompt: 'Then {{steps.first.output}}' }),
      stepOf('end', 'end'),
    ],
    'start > first > then > end',
  );

async function begin(): Promise<string> {
  const batch = await stand.createBatch(await stand.publish(twoSteps()), [{ text: 'Hi' }]);
  const { data } = await stand.workflows.listTasks(stand.principal, batch.workflow_id, { limit: 1 });
  return data[0]?.id as string;
}

async function watch(taskId: string) {
  const events: TaskEvent[] = [];
  const leaving = new AbortController();
  const run = await elsewhere.workflows.watchTask(stand.principal, taskId);
  const done = run((event) => events.push(event), leaving.signal);
  return {
    events,
    async leave() {
      leaving.abort();
      await done;
    },
  };
}

const words = Array.from({ length: 40 }, (_, index) => `word${index} `);

describe('watching a task', () => {
  it('shows the whole first, then each change, and answers as they come from another process', async () => {
    const startedMs = performance.now();
    stand.upstream.answerOnce({ chunks: words, chunkDelayMs: 25, reasoning: 'Hm.' }, { chunks: words, chunkDelayMs: 25 });
    const id = await begin();
    const watcher = await watch(id);
    expect(watcher.events[0]).toMatchObject({ type: 'snapshot', task: { id } });
    await expect.poll(() => putTogether(watcher.events).task?.state, { timeout: 20_000 }).toBe('finished');
    // The log of calls may be a moment behind, also for the watcher.
    const calls = () => putTogether(watcher.events).task?.steps.reduce((sum, step) => sum + step.attempts.length, 0);
    await expect.poll(calls, { timeout: 10_000 }).toBe(2);
    await watcher.leave();
    const { task, answers } = putTogether(watcher.events);
    const whole = await stand.workflows.getTask(stand.principal, id);
    expect(task).toEqual({ ...whole, steps: expect.arrayContaining(whole.steps) });
    const parts = watcher.events.filter((event) => event.type === 'answer');
    for (const step of ['first', 'then']) {
      const run = task?.steps.find((each) => each.step === step);
      const seen = answers.get(run?.id ?? '');
      // The last words may come with the end instead, but most of them came before it.
      expect(words.join('').startsWith(seen?.text ?? '')).toBe(true);
      expect(run?.output).toBe(words.join(''));
    }
    // Two answers of 40 words each: some ten notices a second at most, however long the words take.
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.length).toBeLessThan((performance.now() - startedMs) / 100 + 10);
  });

  it('shows who comes late the answer from its beginning, and several who watch the same', async () => {
    stand.upstream.answerOnce({ chunks: ['One ', 'two '], hang: 'stream' });
    const id = await begin();
    const first = await watch(id);
    const said = (watcher: { events: TaskEvent[] }) => [...putTogether(watcher.events).answers.values()].map((answer) => answer.text);
    await expect.poll(() => said(first), { timeout: 10_000 }).toEqual(['One two ']);
    const second = await watch(id);
    await expect.poll(() => said(second), { timeout: 10_000 }).toEqual(['One two ']);
    expect(said(first)).toEqual(['One two ']);
    await stand.workflows.cancelTask(stand.principal, id);
    await expect.poll(() => putTogether(second.events).task?.state, { timeout: 10_000 }).toBe('canceled');
    await first.leave();
    await second.leave();
  });

  it('is for tasks of the own organization', async () => {
    const id = await begin();
    const stranger = { ...stand.principal, organizationId: '0191b0f0-0000-7000-8000-00000000000f' };
    await expect(elsewhere.workflows.watchTask(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('tells of a batch until it is over', async () => {
    const batch = await stand.createBatch(await stand.publish(twoSteps()), [{ text: 'a' }, { text: 'b' }]);
    const states: string[] = [];
    const leaving = new AbortController();
    const run = await elsewhere.workflows.watchBatch(stand.principal, batch.id);
    const done = run((event) => states.push(event.batch.state), leaving.signal);
    await expect.poll(() => states.at(-1), { timeout: 15_000 }).toBe('finished');
    leaving.abort();
    await done;
  });
});

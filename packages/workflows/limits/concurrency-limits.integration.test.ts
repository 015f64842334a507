import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { graphOf, stepOf } from '../__fixtures__/build-graph.ts';
import { type SpawnedWorker, spawnWorker } from '../__fixtures__/spawn-worker.ts';
import { type EngineStand, startEngineStand } from '../__fixtures__/start-engine-stand.ts';
import type { LimitSubject } from './concurrency-limits.ts';

let stand: EngineStand;
let second: SpawnedWorker;
let slug: string;
beforeAll(async () => {
  stand = await startEngineStand({ concurrency: 16, answer: { delayMs: 100 } });
  slug = await stand.addModel('Tiny Chat');
  await stand.engine.start();
  second = await spawnWorker(stand.place);
});
afterAll(async () => {
  await second.kill();
  await stand.engine.stop();
  await stand.close();
});

const organization = { type: 'organization' } as const;
const limited: LimitSubject[] = [];
async function limit(subject: LimitSubject, atMost: number): Promise<void> {
  limited.push(subject);
  await stand.workflows.setConcurrencyLimit(stand.principal, subject, { at_most: atMost });
  // Each worker asks once a second which models have one; of others the database knows when tasks are claimed.
  if (subject.type === 'model') await new Promise((resolve) => setTimeout(resolve, 3_000));
}
afterEach(async () => {
  for (const subject of limited.splice(0)) await stand.workflows.setConcurrencyLimit(stand.principal, subject, { at_most: null });
});

const ask = (model: string) => stepOf('llm', 'ask', { model });
const asking = (model: string) => graphOf([stepOf('start', 'start'), ask(model), stepOf('end', 'end')], 'start > ask > end');
const rows = (count: number, text = 'row') => Array.from({ length: count }, (_, index) => ({ text: `${text} ${index}` }));
const busiest = (from: number) => Math.max(...stand.upstream.requests.slice(from).map((request) => request.underWay));
const heldBackBy = async (batchId: string) => (await stand.workflows.getBatch(stand.principal, batchId)).held_back_by;

describe('a limit holds over two workers', () => {
  it.each(['organization', 'workflow', 'model'] as const)('of the %s', async (type) => {
    const workflowId = await stand.publish(asking(slug));
    await limit(type === 'organization' ? organization : { type, id: type === 'workflow' ? workflowId : slug }, 3);
    const before = stand.upstream.requests.length;
    const batch = await stand.createBatch(workflowId, rows(40));
    const told = { limit: type, slug: type === 'model' ? slug : null, at_most: 3 };
    await expect.poll(() => heldBackBy(batch.id), { timeout: 10_000 }).toEqual([told]);
    expect(await stand.waitForBatch(batch.id, 30_000)).toMatchObject({ counts: { finished: 40 }, held_back_by: [] });
    expect(stand.upstream.requests.length).toBe(before + 40);
    expect(busiest(before)).toBe(3);
  });
});

it('lets go at once what a lifted limit held back', async () => {
  const workflowId = await stand.publish(asking(slug));
  await limit({ type: 'model', id: slug }, 1);
  const before = stand.upstream.requests.length;
  const batch = await stand.createBatch(workflowId, rows(60));
  await expect.poll(() => heldBackBy(batch.id), { timeout: 10_000 }).not.toEqual([]);
  await stand.workflows.setConcurrencyLimit(stand.principal, { type: 'model', id: slug }, { at_most: null });
  await stand.waitForBatch(batch.id, 30_000);
  expect(busiest(before)).toBeGreaterThan(4);
});

it('holds back no other model, workflow or organization', async () => {
  const other = await stand.addModel(`Other Chat ${Date.now()}`);
  await limit({ type: 'model', id: slug }, 1);
  const large = await stand.createBatch(await stand.publish(asking(slug)), rows(300));
  const small = await stand.createBatch(await stand.publish(asking(other)), rows(100));
  await stand.waitForBatch(small.id, 15_000);
  const { counts } = await stand.workflows.getBatch(stand.principal, large.id);
  expect(counts.finished).toBeLessThan(150);
  // Nor does what is held back keep a worker's place.
  await expect.poll(async () => (await stand.workflows.getBatch(stand.principal, large.id)).counts.in_progress).toBeLessThanOrEqual(1);
  await stand.engine.cancelBatch(stand.principal.organizationId, large.id);
});

it('is fair between batches under a limit', async () => {
  const workflowId = await stand.publish(asking(slug));
  await limit({ type: 'model', id: slug }, 4);
  const large = await stand.createBatch(workflowId, rows(400));
  await expect.poll(() => heldBackBy(large.id), { timeout: 10_000 }).not.toEqual([]);
  const small = await stand.createBatch(workflowId, rows(20));
  await stand.waitForBatch(small.id, 15_000);
  const { counts } = await stand.workflows.getBatch(stand.principal, large.id);
  expect(counts.finished).toBeLessThan(200);
  await stand.engine.cancelBatch(stand.principal.organizationId, large.id);
});

it('does not count tasks that wait for a review', async () => {
  const workflowId = await stand.publish(
    graphOf(
      [stepOf('start', 'start'), ask(slug), stepOf('review', 'check'), stepOf('end', 'end')],
      'start > ask > check:pass > end',
      'check:fail > ask',
    ),
  );
  await limit({ type: 'workflow', id: workflowId }, 1);
  const batch = await stand.createBatch(workflowId, rows(10));
  const inProgress = async () => (await stand.workflows.getBatch(stand.principal, batch.id)).counts.in_progress;
  await expect.poll(inProgress, { timeout: 15_000 }).toBe(10);
  await stand.engine.cancelBatch(stand.principal.organizationId, batch.id);
});

it('counts a fallback on its own model', async () => {
  const spare = await stand.addModel(`Spare Chat ${Date.now()}`);
  const broken = await stand.addModel(`Broken Chat ${Date.now()}`);
  await limit({ type: 'model', id: spare }, 1);
  const graph = graphOf(
    [stepOf('start', 'start'), stepOf('llm', 'ask', { model: broken, fallback_model: spare }), stepOf('end', 'end')],
    'start > ask > end',
  );
  const workflowId = await stand.publish(graph);
  await stand.registry.deactivateModel(stand.principal, broken, { confirm: true });
  const before = stand.upstream.requests.length;
  const batch = await stand.createBatch(workflowId, rows(6));
  expect(await stand.waitForBatch(batch.id, 30_000)).toMatchObject({ counts: { finished: 6 } });
  expect(busiest(before)).toBe(1);
});

it('is refused for what there is not', async () => {
  const unknown = [
    { type: 'model', id: 'no-such-model' },
    { type: 'workflow', id: '00000000-0000-4000-8000-000000000000' },
  ] as const;
  for (const subject of unknown) {
    await expect(stand.workflows.setConcurrencyLimit(stand.principal, subject, { at_most: 1 })).rejects.toThrow();
  }
});

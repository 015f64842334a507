import { createdBatchSchema, type createTasksBodySchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { refusal } from '../__fixtures__/refusal.ts';
import { sampleGraph, ticketField } from '../__fixtures__/sample-graph.ts';
import { startTestWorkflows, type TestWorkflows } from '../__fixtures__/start-test-workflows.ts';

let setup: TestWorkflows;
beforeAll(async () => {
  setup = await startTestWorkflows();
});
afterAll(() => setup?.close());

const tickets = (...texts: readonly unknown[]): z.output<typeof createTasksBodySchema> => ({
  tasks: texts.map((ticket) => ({ input: { ticket } })),
});
const plain = { idempotencyKey: null };

async function rowsOf(batchId: string) {
  const { tasks } = schema;
  return setup.database.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.organizationId, setup.admin.organizationId), eq(tasks.batchId, batchId)))
    .orderBy(asc(tasks.row));
}

describe('createTasks', () => {
  it('makes a batch of pending tasks in their order, and wakes the engine', async () => {
    const { id } = await setup.publish();
    setup.asked.length = 0;
    const body = { tasks: [{ input: { ticket: 'a' }, external_id: 'A-1' }, { input: { ticket: 'b' } }] };
    const { batch, refused } = createdBatchSchema.parse(await setup.workflows.createTasks(setup.admin, id, body, plain));
    expect(batch).toMatchObject({
      workflow_id: id,
      version: 1,
      name: '2 tasks',
      state: 'running',
      total: 2,
      cost: '0',
      rate_per_minute: null,
    });
    expect(batch.counts).toMatchObject({ pending: 2, finished: 0 });
    expect(refused).toEqual([]);
    const rows = await rowsOf(batch.id);
    expect(rows.map(({ row, externalId, input, state, version }) => ({ row, externalId, input, state, version }))).toEqual([
      { row: 1, externalId: 'A-1', input: { ticket: 'a' }, state: 'pending', version: 1 },
      { row: 2, externalId: null, input: { ticket: 'b' }, state: 'pending', version: 1 },
    ]);
    expect(setup.asked).toEqual(['wake']);
  });

  it('takes all rows or none, and names each bad one', async () => {
    const { id } = await setup.publish();
    const body = { tasks: [{ input: { ticket: 'ok' } }, { input: { ticket: 7 } }, { input: {} }, { input: { ticket: 'x', other: 1 } }] };
    const refused = await refusal(setup.workflows.createTasks(setup.admin, id, body, plain));
    expect(refused).toMatchObject({ code: 'rows_invalid', detail: '3 of 4 rows do not fit the input of the workflow; none was taken.' });
    expect(refused.fields).toEqual([
      { field: 'rows.2', message: 'ticket: Not a text.' },
      { field: 'rows.3', message: 'ticket: Required.' },
      { field: 'rows.4', message: 'other: There is no such field.' },
    ]);
    expect((await setup.workflows.listBatches(setup.admin, id)).data).toEqual([]);
  });

  it('takes the valid rows where it is asked to, and tells the others', async () => {
    const { id } = await setup.publish();
    const made = await setup.workflows.createTasks(setup.admin, id, tickets('a', 7, 'c'), { rows: 'valid', ...plain });
    expect(made.refused).toEqual([{ row: 2, message: 'ticket: Not a text.' }]);
    expect((await rowsOf(made.batch.id)).map(({ row }) => row)).toEqual([1, 3]);
    expect((await refusal(setup.workflows.createTasks(setup.admin, id, tickets(1), { rows: 'valid', ...plain }))).code).toBe(
      'rows_invalid',
    );
  });

  it('gives the same batch for the same key, also to two at once', async () => {
    const { id } = await setup.publish();
    const other = await setup.publish();
    const call = (workflowId: string) =>
      setup.workflows.createTasks(setup.admin, workflowId, tickets('a', 7), { rows: 'valid', idempotencyKey: 'key-1' });
    const made = await Promise.all([call(id), call(id), call(id)]);
    const again = await call(id);
    expect(new Set([...made, again].map(({ batch }) => batch.id)).size).toBe(1);
    expect(again.refused).toEqual([{ row: 2, message: 'ticket: Not a text.' }]);
    expect(await rowsOf(again.batch.id)).toHaveLength(1);
    expect((await call(other.id)).batch.id).not.toBe(again.batch.id);
  });

  it('refuses other rows under a key that was used, and makes nothing of them', async () => {
    const { id } = await setup.publish();
    const call = (...rows: Parameters<typeof tickets>) =>
      setup.workflows.createTasks(setup.admin, id, tickets(...rows), { idempotencyKey: 'k' });
    const { batch } = await call('a', 'b');
    expect((await call('a', 'b')).batch.id).toBe(batch.id);
    for (const others of [['a', 'c'], ['a'], ['a', 'b', 'c']]) {
      expect((await refusal(call(...others))).code).toBe('already_exists');
    }
    const named = { tasks: tickets('a', 'b').tasks.map((task) => ({ ...task, external_id: 'x' })) };
    expect((await refusal(setup.workflows.createTasks(setup.admin, id, named, { idempotencyKey: 'k' }))).code).toBe('already_exists');
    const both = await Promise.allSettled(
      ['d', 'e'].map((ticket) => setup.workflows.createTasks(setup.admin, id, tickets(ticket), { idempotencyKey: 'l' })),
    );
    expect(both.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('runs the version that is published, whatever the draft has become', async () => {
    const { id } = await setup.publish();
    const draft = sampleGraph({}, [ticketField, { ...ticketField, name: 'language' }]);
    await setup.workflows.updateWorkflow(setup.admin, id, { draft, revision: 0 });
    expect((await setup.workflows.createTasks(setup.admin, id, tickets('a'), plain)).batch.version).toBe(1);
    await setup.workflows.publishWorkflow(setup.admin, id, { revision: 1 });
    expect((await refusal(setup.workflows.createTasks(setup.admin, id, tickets('a'), plain))).fields).toEqual([
      { field: 'rows.1', message: 'language: Required.' },
    ]);
  });

  it('takes tasks while paused, none as a draft or archived, and none from elsewhere', async () => {
    const { id } = await setup.publish();
    const call = (principal = setup.admin, workflowId = id) => setup.workflows.createTasks(principal, workflowId, tickets('a'), plain);
    await setup.workflows.pauseWorkflow(setup.admin, id);
    expect((await call()).batch.total).toBe(1);
    await setup.workflows.archiveWorkflow(setup.admin, id);
    expect((await refusal(call())).code).toBe('workflow_not_active');
    const draft = await setup.workflows.createWorkflow(setup.admin, { name: 'Draft' });
    expect((await refusal(call(setup.admin, draft.id))).code).toBe('workflow_not_active');
    expect((await refusal(call(setup.stranger))).code).toBe('not_found');
  });

  it('does not lead a limited key to other models', async () => {
    const { id } = await setup.publish();
    const limited = { ...setup.admin, allowedModels: new Set(['spare-chat']) };
    expect((await refusal(setup.workflows.createTasks(limited, id, tickets('a'), plain))).code).toBe('model_not_allowed');
    const allowed = { ...setup.admin, allowedModels: new Set(['tiny-chat']) };
    expect((await setup.workflows.createTasks(allowed, id, tickets('a'), plain)).batch.total).toBe(1);
  });

  it('refuses text that the database cannot keep', async () => {
    const { id } = await setup.publish();
    const refused = await refusal(setup.workflows.createTasks(setup.admin, id, tickets('a\0b', '\ud800'), plain));
    expect(refused.fields).toEqual([
      { field: 'rows.1', message: 'ticket: No NUL characters.' },
      { field: 'rows.2', message: 'ticket: Not valid text: half of a character is missing.' },
    ]);
  });

  it('takes 5,000 rows of a CSV', async () => {
    const { id } = await setup.publish();
    const csv = Buffer.from(`ticket,external_id\n${Array.from({ length: 5_000 }, (_, n) => `"Ticket ${n}, please",T-${n}\n`).join('')}`);
    const { batch } = await setup.workflows.createTasksFromCsv(setup.admin, id, csv, { name: ' March ', ...plain });
    expect(batch).toMatchObject({ name: 'March', total: 5_000, counts: { pending: 5_000 } });
    const rows = await rowsOf(batch.id);
    expect(rows[4_999]).toMatchObject({ row: 5_000, externalId: 'T-4999', input: { ticket: 'Ticket 4999, please' } });
  });
});

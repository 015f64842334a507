import type { Principal, ScheduleDetail } from '@pipelines/contracts';
import { openDatabase, schema } from '@pipelines/database';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusal } from '../__fixtures__/refusal.ts';
import { sampleGraph } from '../__fixtures__/sample-graph.ts';
import { startTestWorkflows, type TestWorkflows } from '../__fixtures__/start-test-workflows.ts';
import type { Workflows } from '../workflows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { createSchedule } from './create-schedule.ts';
import { runDueSchedules } from './run-due-schedules.ts';
import { updateSchedule } from './update-schedule.ts';

let test: TestWorkflows;
let context: WorkflowsContext;
let workflows: Workflows;
let admin: Principal;
let workflowId: string;
let now = new Date();
beforeAll(async () => {
  test = await startTestWorkflows();
  admin = test.admin;
  ({ context, workflows } = test);
});
afterAll(() => test.close());
beforeEach(async () => {
  now = new Date('2026-03-02T10:30:00Z');
  workflowId = (await test.publish()).id;
});

const hourly = { name: 'Hourly', cron: '0 * * * *', time_zone: 'UTC', tasks: [{ input: { ticket: 'One' } }, { input: { ticket: 'Two' } }] };
const create = (change: object = {}) => createSchedule(context, admin, workflowId, { ...hourly, ...change }, now);
const change = (id: string, body: object) => updateSchedule(context, admin, id, body, now);
const runDue = (on = context) => runDueSchedules(on, now);
const at = (time: string) => {
  now = new Date(time);
};
const batches = async () => (await workflows.listBatches(admin, workflowId)).data;
const read = (id: string) => workflows.getSchedule(admin, id);
const passed = ({ last_runs }: ScheduleDetail) =>
  last_runs.map(({ planned_at, missed, error }) => [planned_at, missed, error?.code ?? null]);

describe('a schedule', () => {
  it('creates one batch at each of its times, over two processes', async () => {
    const { id, next_run_at } = await create();
    expect(next_run_at).toBe('2026-03-02T11:00:00.000Z');
    await runDue();
    expect(await batches()).toEqual([]);

    const second = openDatabase({ url: test.databaseUrl, poolSize: 4, log: () => undefined });
    try {
      const elsewhere = { ...context, database: second };
      for (const time of ['2026-03-02T11:00:00Z', '2026-03-02T12:00:01Z']) {
        at(time);
        await Promise.all([context, elsewhere, context, elsewhere].map(runDue));
      }
    } finally {
      await second.close();
    }
    const created = await batches();
    expect(created.map((batch) => [batch.name, batch.total])).toEqual([
      ['Hourly, 2 Mar 2026, 12:00', 2],
      ['Hourly, 2 Mar 2026, 11:00', 2],
    ]);
    const schedule = await read(id);
    expect(schedule.next_run_at).toBe('2026-03-02T13:00:00.000Z');
    expect(schedule.last_runs.map((run) => run.batch?.id)).toEqual(created.map((batch) => batch.id));
  });

  it('goes on where a process died between the batch and its record', async () => {
    const { id } = await create();
    at('2026-03-02T11:00:00Z');
    const failing = { ...context.database.db, transaction: () => Promise.reject(new Error('gone')) };
    // The batch is written in the first transaction, the record in the second.
    let transactions = 0;
    const db = new Proxy(context.database.db, {
      get: (target, name) => {
        if (name === 'transaction') transactions += 1;
        return Reflect.get(name === 'transaction' && transactions === 2 ? failing : target, name);
      },
    });
    await expect(runDue({ ...context, database: { db } })).rejects.toThrow('gone');
    expect((await read(id)).last_runs).toEqual([]);
    await runDue();
    expect(await batches()).toHaveLength(1);
    expect((await read(id)).last_runs).toMatchObject([{ planned_at: '2026-03-02T11:00:00.000Z', batch: { total: 2 } }]);
  });

  it('makes up for all that was missed with one run, and tells', async () => {
    const { id } = await create();
    at('2026-03-02T15:20:00Z');
    await runDue();
    await runDue();
    expect(await batches()).toHaveLength(1);
    const schedule = await read(id);
    expect(passed(schedule)).toEqual([['2026-03-02T11:00:00.000Z', 4, null]]);
    expect(schedule.next_run_at).toBe('2026-03-02T16:00:00.000Z');
  });

  it('does not count for ever what a long downtime has missed', async () => {
    const { id } = await create({ cron: '* * * * *' });
    at('2026-06-01T00:00:30Z');
    await runDue();
    const schedule = await read(id);
    expect(passed(schedule)).toEqual([['2026-03-02T10:31:00.000Z', 100, null]]);
    expect(schedule.next_run_at).toBe('2026-06-01T00:01:00.000Z');
  });

  it('makes up for nothing that passed while it was off', async () => {
    const { id } = await create();
    expect((await change(id, { enabled: false })).next_run_at).toBeNull();
    at('2026-03-02T15:20:00Z');
    await runDue();
    expect((await change(id, { enabled: true })).next_run_at).toBe('2026-03-02T16:00:00.000Z');
    expect(await batches()).toEqual([]);
  });

  it('keeps what two people change at the same time', async () => {
    const { id } = await create();
    const { db } = context.database;
    const renamed = await db.transaction(async (tx) => {
      await tx.update(schema.schedules).set({ enabled: false, nextRunAt: null }).where(eq(schema.schedules.id, id));
      const renaming = change(id, { name: 'Nightly' });
      await vi.waitFor(async () => {
        const waiting = await db.execute(
          sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        expect(waiting.rows).not.toEqual([]);
      }, 10_000);
      return { renaming };
    });
    expect(await renamed.renaming).toMatchObject({ name: 'Nightly', enabled: false, next_run_at: null });
  });

  it('gives a time its batch once, though its rows were edited before that was written down', async () => {
    const { id } = await create();
    const key = `schedule:${id}:2026-03-02T11:00:00.000Z`;
    await workflows.createTasks(admin, workflowId, { tasks: [{ input: { ticket: 'Before' } }] }, { idempotencyKey: key });
    at('2026-03-02T11:00:00Z');
    await runDue();
    expect((await read(id)).last_runs).toMatchObject([{ batch: { total: 1 }, error: null }]);
  });

  it('tells of a time that came to nothing, and goes on', async () => {
    const { id } = await create();
    await workflows.pauseWorkflow(admin, workflowId);
    at('2026-03-02T11:00:00Z');
    await runDue();
    await workflows.resumeWorkflow(admin, workflowId);
    const narrow = sampleGraph({}, [{ name: 'ticket', type: 'number', required: true, description: '' }]);
    const { revision } = await workflows.updateWorkflow(admin, workflowId, { draft: narrow, revision: 0 });
    await workflows.publishWorkflow(admin, workflowId, { revision });
    at('2026-03-02T12:00:00Z');
    await runDue();
    expect(await batches()).toEqual([]);
    expect(passed(await read(id))).toEqual([
      ['2026-03-02T12:00:00.000Z', 0, 'rows_invalid'],
      ['2026-03-02T11:00:00.000Z', 0, 'workflow_not_active'],
    ]);
  });

  it('keeps the clock of its zone', async () => {
    const { next_run_at } = await create({ cron: '0 9 * * 1-5', time_zone: 'America/New_York' });
    expect(next_run_at).toBe('2026-03-02T14:00:00.000Z');
  });

  it('takes its rows from a CSV, and gives them back', async () => {
    const { id } = await create({ tasks: undefined, csv: 'external_id,ticket\nA,Hello\n,Bye\n' });
    expect(await read(id)).toMatchObject({
      rows: 2,
      tasks: [{ input: { ticket: 'Hello' }, external_id: 'A' }, { input: { ticket: 'Bye' } }],
    });
    expect(await change(id, { tasks: [{ input: { ticket: 'Only' } }] })).toMatchObject({ rows: 1 });
  });

  it('is removed without its batches', async () => {
    const { id } = await create();
    at('2026-03-02T11:00:00Z');
    await runDue();
    await workflows.deleteSchedule(admin, id);
    expect((await workflows.listSchedules(admin, workflowId)).data).toEqual([]);
    expect(await batches()).toHaveLength(1);
  });
});

describe('refused is', () => {
  it.each([
    ['no pattern', { cron: 'now and then' }, 'cron'],
    ['a day that never comes', { cron: '0 0 31 2 *' }, 'cron'],
    ['an unknown zone', { time_zone: 'Mars/Olympus' }, 'time_zone'],
  ])('%s', async (_, wrong, field) => {
    const refused = await refusal(create(wrong));
    expect([refused.code, refused.fields[0]?.field]).toEqual(['invalid_request', field]);
  });

  it('a row that does not fit, an unpublished workflow, and a key of some models', async () => {
    expect((await refusal(create({ tasks: [{ input: {} }] }))).code).toBe('rows_invalid');
    const draft = await workflows.createWorkflow(admin, { name: 'Draft' });
    expect((await refusal(workflows.createSchedule(admin, draft.id, hourly))).code).toBe('workflow_not_active');
    const narrow = { ...admin, allowedModels: new Set(['tiny-chat']) };
    expect((await refusal(workflows.createSchedule(narrow, workflowId, hourly))).code).toBe('model_not_allowed');
  });

  it('whatever belongs to somebody else', async () => {
    const { id } = await create();
    expect((await refusal(workflows.getSchedule(test.stranger, id))).code).toBe('not_found');
    expect((await refusal(workflows.updateSchedule(test.stranger, id, { enabled: false }))).code).toBe('not_found');
    expect((await refusal(workflows.deleteSchedule(test.stranger, id))).code).toBe('not_found');
    expect((await refusal(workflows.listSchedules(test.stranger, workflowId))).code).toBe('not_found');
  });
});

import { randomUUID } from 'node:crypto';
import { evaluationRowsQuerySchema, type Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphOf, stepOf } from '../__fixtures__/build-graph.ts';
import { refusal } from '../__fixtures__/refusal.ts';
import type { EngineStand } from '../__fixtures__/start-engine-stand.ts';
import { type EvaluationStand, labelling, startEvaluationStand } from '../__fixtures__/start-evaluation-stand.ts';
import type { Evaluations } from '../evaluations.ts';

let stand: EvaluationStand;
let engine: EngineStand;
let evaluations: Evaluations;
beforeAll(async () => {
  stand = await startEvaluationStand();
  ({ engine, evaluations } = stand);
});
afterAll(() => stand?.close());

describe('what an evaluation is made of', () => {
  it('leaves the workflow alone, and keeps its own graphs out of sight and reach', async () => {
    const { id } = await stand.begin([stand.exact]);
    const { data } = await engine.workflows.listWorkflows(engine.principal, { limit: 100 });
    expect(data.map((workflow) => workflow.id)).toEqual([stand.workflowId]);
    expect(data[0]).toMatchObject({ published_version: 1, tasks: { total: 0 } });
    const version = await engine.workflows.getVersion(engine.principal, stand.workflowId, 1);
    expect(version.graph).toEqual(labelling(stand.slugs.bug));
    const again = {
      name: 'Again',
      workflow_id: id,
      dataset_id: stand.datasetId,
      candidates: stand.candidatesOf(stand.slugs.bug, stand.slugs.idea),
      checks: [stand.exact],
    };
    for (const change of [
      () => engine.workflows.updateWorkflow(engine.principal, id, { name: 'Mine', revision: 0 }),
      () => engine.workflows.publishWorkflow(engine.principal, id, { revision: 0 }),
      () => engine.workflows.resumeWorkflow(engine.principal, id),
      () => evaluations.createEvaluation(engine.principal, again, null),
    ]) {
      expect(await refusal(change())).toMatchObject({ code: 'not_found' });
    }
    expect(
      await refusal(engine.workflows.createTasks(engine.principal, id, { tasks: [{ input: { text: 'x' } }] }, { idempotencyKey: null })),
    ).toMatchObject({ code: 'workflow_not_active' });
  });

  it('gives the same evaluation for the same key', async () => {
    const body = {
      name: 'Once',
      workflow_id: stand.workflowId,
      dataset_id: stand.datasetId,
      candidates: stand.candidatesOf(stand.slugs.bug, stand.slugs.idea),
      checks: [stand.exact],
    };
    const both = await Promise.all([1, 2].map(() => evaluations.createEvaluation(engine.principal, body, 'key-1')));
    expect(both[0]?.id).toBe(both[1]?.id);
    const others = [
      { ...body, name: 'Other' },
      { ...body, candidates: body.candidates.toReversed() },
    ];
    for (const other of others) {
      expect((await refusal(evaluations.createEvaluation(engine.principal, other, 'key-1'))).code).toBe('already_exists');
    }
    await stand.waitFor(both[0]?.id ?? '');
  });

  it('holds candidates to what publishing asks, judges to be there, and keys to their models', async () => {
    const strict = graphOf(
      [
        stepOf('start', 'start'),
        stepOf('llm', 'ask', { model: await engine.addModel('Strict'), output: { type: 'json_schema', schema: { type: 'object' } } }),
        stepOf('end', 'end'),
      ],
      'start > ask > end',
    );
    const id = await engine.publish(strict);
    const body = {
      name: 'No',
      workflow_id: id,
      dataset_id: stand.datasetId,
      candidates: stand.candidatesOf(stand.slugs.judge, stand.slugs.idea),
      checks: [stand.exact],
    };
    expect(await refusal(evaluations.createEvaluation(engine.principal, body, null))).toMatchObject({
      code: 'workflow_incomplete',
      fields: [{ field: 'steps.ask.model', message: expect.stringContaining('JSON mode') }],
    });
    expect(await refusal(stand.begin([stand.judge('nobody')]))).toMatchObject({ code: 'model_not_found' });
    expect(await refusal(stand.begin([stand.exact, stand.exact]))).toMatchObject({
      code: 'invalid_request',
      fields: [{ field: 'checks.1.name' }],
    });
    expect(
      await refusal(stand.begin([{ kind: 'json_schema', name: 'shape', actual: '{{output}}', schema: { type: 'thing' } }])),
    ).toMatchObject({
      fields: [{ field: 'checks.0.schema' }],
    });
    const limited: Principal = { ...engine.principal, allowedModels: new Set([stand.slugs.bug]) };
    expect(await refusal(stand.begin([stand.exact], undefined, limited))).toMatchObject({ code: 'model_not_allowed' });
    expect(await refusal(stand.begin([stand.judge()], [stand.slugs.bug, stand.slugs.bug], limited))).toMatchObject({
      code: 'model_not_allowed',
    });
  });

  it('refuses rows that the workflow cannot take', async () => {
    const rows = [{ input: { text: 'fine' } }, { input: { other: 'x' } }];
    const dataset = await evaluations.createDataset(engine.principal, { name: 'Half', rows });
    const body = {
      name: 'No',
      workflow_id: stand.workflowId,
      dataset_id: dataset.id,
      candidates: stand.candidatesOf(stand.slugs.bug, stand.slugs.idea),
      checks: [stand.exact],
    };
    expect(await refusal(evaluations.createEvaluation(engine.principal, body, null))).toMatchObject({
      code: 'rows_invalid',
      fields: [{ field: 'rows.2', message: 'text: Required.' }],
    });
    await evaluations.deleteDataset(engine.principal, dataset.id);
    expect(await refusal(evaluations.getDataset(engine.principal, dataset.id))).toMatchObject({ code: 'not_found' });
  });
});

describe('a dataset', () => {
  it('is made of a CSV and of what a batch has given, and stays while an evaluation uses it', async () => {
    const csv = await evaluations.createDatasetFromCsv(
      engine.principal,
      'From CSV',
      Buffer.from('text,expected.label\nhello,bug\nbye,idea\n'),
    );
    expect(csv).toMatchObject({ name: 'From CSV', rows: 2, inputs: ['text'], expected: ['label'], evaluations: 0 });
    expect((await evaluations.listDatasetRows(engine.principal, csv.id, { limit: 1 })).data[0]).toMatchObject({
      row: 1,
      input: { text: 'hello' },
      expected: { label: 'bug' },
    });
    const id = await engine.publish(
      graphOf(
        [
          stepOf('start', 'start'),
          stepOf('llm', 'ask', { model: stand.slugs.idea }),
          stepOf('end', 'end', { mapping: [{ name: 'label', value: '{{steps.ask.output}}' }] }),
        ],
        'start > ask > end',
      ),
    );
    const batch = await engine.waitForBatch((await engine.createBatch(id, [{ text: 'row one' }])).id, 20_000);
    const made = await evaluations.createDatasetFromBatch(engine.principal, batch.id, { name: 'Gold', expected: 'outputs' });
    expect((await evaluations.listDatasetRows(engine.principal, made.id, { limit: 10 })).data).toEqual([
      { row: 1, external_id: null, input: { text: 'row one' }, expected: { label: 'idea' } },
    ]);
    expect((await evaluations.renameDataset(engine.principal, made.id, 'Better')).name).toBe('Better');
    expect(await refusal(evaluations.deleteDataset(engine.principal, stand.datasetId))).toMatchObject({ code: 'conflict' });
  });

  it('is refused with the row that cannot be kept', async () => {
    const rows = [{ input: { text: 'fine' } }, { input: { text: 'half \ud83d' } }];
    expect(await refusal(evaluations.createDataset(engine.principal, { name: 'Broken', rows }))).toMatchObject({
      code: 'rows_invalid',
      fields: [{ field: 'rows.2' }],
    });
  });
});

it('is not there for another organization', async () => {
  const organizationId = randomUUID();
  await engine.database.db.insert(schema.organizations).values({ id: organizationId, name: 'Other' });
  const stranger: Principal = { organizationId, actor: { type: 'system', id: null }, role: 'admin', allowedModels: null };
  const id = (await evaluations.listEvaluations(engine.principal, { limit: 1 })).data[0]?.id ?? '';
  const query = evaluationRowsQuerySchema.parse({});
  const [batch] = (await engine.database.db.select({ id: schema.batches.id }).from(schema.batches).limit(1)).map((row) => row.id);
  for (const attempt of [
    () => evaluations.getEvaluation(stranger, id),
    () => evaluations.listEvaluationRows(stranger, id, query),
    () => evaluations.readEvaluationResults(stranger, id),
    () => evaluations.exportEvaluationResults(stranger, id),
    () => evaluations.cancelEvaluation(stranger, id),
    () => evaluations.retryEvaluation(stranger, id),
    () => evaluations.getDataset(stranger, stand.datasetId),
    () => evaluations.listDatasetRows(stranger, stand.datasetId, query),
    () => evaluations.renameDataset(stranger, stand.datasetId, 'Mine'),
    () => evaluations.deleteDataset(stranger, stand.datasetId),
    () => evaluations.createDatasetFromBatch(stranger, batch ?? '', { name: 'Mine', expected: 'outputs' }),
    () => stand.begin([stand.exact], undefined, stranger),
  ]) {
    expect(await refusal(attempt())).toMatchObject({ code: 'not_found' });
  }
  expect((await evaluations.listEvaluations(stranger, { limit: 10 })).data).toEqual([]);
  expect((await evaluations.listDatasets(stranger, { limit: 10 })).data).toEqual([]);
});

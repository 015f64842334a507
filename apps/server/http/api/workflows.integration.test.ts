import type { Batch, Dataset, Evaluation, Graph, TaskDetail, Workflow } from '@pipelines/contracts';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient, startServer, type TestServer } from '../../testing/index.ts';

let database: TestDatabase;
let upstream: FakeOpenAi;
let server: TestServer;
let admin: ApiClient;

beforeAll(async () => {
  database = await createTestDatabase();
  upstream = await startFakeOpenAi({ answer: { text: '=billing', usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 } } });
  server = await startServer({ environment: { DATABASE_URL: database.url } });
  admin = createApiClient(server.url, server.admin.apiKey);
});
afterAll(async () => {
  await server?.stop();
  await upstream?.close();
  await database?.close();
});

async function call<Shape>(method: string, path: string, body?: unknown): Promise<Shape> {
  const answer = await admin.call(method, path, body === undefined ? {} : { body });
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
  return answer.json<Shape>();
}

/** A model that passed its test, as the page saves it; its slug. */
async function addModel(name: string): Promise<string> {
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: upstream.baseUrl,
    provider_model_id: name,
    credential: { api_key: 'sk-any' },
  };
  const test = await call<{ id: string }>('POST', '/api/connection-tests', connection);
  const { slug } = await call<{ slug: string }>('POST', '/api/models', {
    ...connection,
    connection_test_id: test.id,
    display_name: name,
    capabilities: { json_mode: false, vision: false, tool_use: false, reasoning: false },
    input_cost_per_token: '0.000001',
    output_cost_per_token: '0.000002',
  });
  return slug;
}

function graphOn(model: string): Graph {
  const position = { x: 0, y: 0 };
  const fields = [{ name: 'ticket', type: 'text' as const, required: true, description: '' }];
  return {
    steps: [
      { kind: 'start', name: 'start', title: 'Start', position, config: { fields } },
      {
        kind: 'llm',
        name: 'classify',
        title: 'Classify',
        position,
        config: {
          model,
          fallback_model: null,
          system_prompt: '',
          user_prompt: 'Classify {{input.ticket}}',
          temperature: null,
          max_tokens: null,
          tools: [],
          max_tool_rounds: 5,
          reasoning: { effort: null, max_tokens: null },
          output: { type: 'text' },
          images: [],
          retries: 0,
          timeout_seconds: 30,
        },
      },
      { kind: 'end', name: 'end', title: 'End', position, config: { mapping: [{ name: 'label', value: '{{steps.classify.output}}' }] } },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'classify' },
      { from: 'classify', port: 'next', to: 'end' },
    ],
  };
}

async function sendCsv(workflowId: string, text: string, headers: Readonly<Record<string, string>> = {}, query = '') {
  return admin.call('POST', `/api/workflows/${workflowId}/tasks${query}`, {
    text,
    headers: { 'content-type': 'text/csv; charset=utf-8', ...headers },
  });
}

async function waitForBatch(id: string): Promise<Batch> {
  for (let look = 0; look < 300; look += 1) {
    const batch = await call<Batch>('GET', `/api/batches/${id}`);
    if (batch.state === 'finished') return batch;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The batch has not ended within 30 s.');
}

describe('a workflow', () => {
  it('runs a CSV to its end, outlives the loss of its model, and goes on once it is repointed', async () => {
    const lost = await addModel('Lost Llama');
    const { id } = await call<Workflow>('POST', '/api/workflows', { name: 'Tickets', graph: graphOn(lost) });
    await call('POST', `/api/workflows/${id}/publish`, { revision: 0 });

    const sent = await sendCsv(id, 'external_id,ticket\nA,"Pay, please"\nB,Help\nC,Hello\n', { 'idempotency-key': 'march' });
    expect(sent.status).toBe(202);
    const { batch } = sent.json<{ batch: Batch }>();
    const finished = await waitForBatch(batch.id);
    expect(finished).toMatchObject({ total: 3, counts: { finished: 3, failed: 0 }, unknown_cost_calls: 0 });
    // 3 × (10 × 0.000001 + 2 × 0.000002)
    expect(finished.cost).toBe('0.000042');
    expect(finished.projected_cost).toBe('0.000042');
    const again = await sendCsv(id, 'external_id,ticket\nA,"Pay, please"\nB,Help\nC,Hello\n', { 'idempotency-key': 'march' });
    expect(again.json<{ batch: Batch }>().batch.id).toBe(batch.id);

    const csv = await admin.call('GET', `/api/batches/${batch.id}/results?format=csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="batch-${batch.id}.csv"`);
    expect(csv.text).toMatch(/\r\n1,[0-9a-f-]{36},A,finished,0\.000014,,,"Pay, please",'=billing\r\n/);

    expect((await admin.call('DELETE', `/api/models/${lost}`)).code).toBe('model_in_use');
    expect((await admin.call('DELETE', `/api/models/${lost}?confirm=true`)).status).toBe(204);
    const calls = upstream.requests.length;
    const second = await call<{ batch: Batch }>('POST', `/api/workflows/${id}/tasks`, { tasks: [{ input: { ticket: 'New' } }] });
    expect((await waitForBatch(second.batch.id)).counts.failed).toBe(1);
    expect(upstream.requests.length).toBe(calls);
    const { data } = await call<{ data: { id: string }[] }>('GET', `/api/workflows/${id}/tasks?batch_id=${second.batch.id}`);
    const failed = await call<TaskDetail>('GET', `/api/tasks/${data[0]?.id}`);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'model_inactive', step: 'classify', slug: lost } });

    const found = await addModel('Found Llama');
    const { revision } = await call<Workflow>('PATCH', `/api/workflows/${id}`, { draft: graphOn(found), revision: 0 });
    await call('POST', `/api/workflows/${id}/publish`, { revision });
    await call('POST', `/api/batches/${second.batch.id}/retry`);
    expect((await waitForBatch(second.batch.id)).counts).toMatchObject({ failed: 0, finished: 1 });
    const repaired = await call<TaskDetail>('GET', `/api/tasks/${failed.id}`);
    expect(repaired).toMatchObject({ state: 'finished', version: 2, output: { label: '=billing' } });
  });

  it('refuses a CSV by its header, its rows and its size, in words', async () => {
    const model = await addModel('Small Llama');
    const { id } = await call<Workflow>('POST', '/api/workflows', { name: 'Refusing', graph: graphOn(model) });
    expect((await sendCsv(id, 'ticket\nx\n')).code).toBe('workflow_not_active');
    await call('POST', `/api/workflows/${id}/publish`, { revision: 0 });
    const header = await sendCsv(id, 'tikcet\nx\n');
    expect(header.status).toBe(400);
    expect(header.json()).toMatchObject({ errors: [{ field: 'tikcet' }, { field: 'ticket', message: 'This column is missing' }] });
    const rows = await sendCsv(id, 'external_id,ticket\nA,\nB,ok\n');
    expect([rows.status, rows.code]).toEqual([422, 'rows_invalid']);
    expect(rows.json()).toMatchObject({ errors: [{ field: 'rows.1', message: 'ticket: Required.' }] });
    const valid = await sendCsv(id, 'external_id,ticket\nA,\nB,ok\n', {}, '?rows=valid&name=The%20good%20ones');
    expect(valid.json()).toMatchObject({ batch: { name: 'The good ones', total: 1 }, refused: [{ row: 1 }] });
    expect((await sendCsv(id, `ticket\n${'x'.repeat(20_000_001)}\n`)).code).toBe('body_too_large');
    expect((await sendCsv(id, 'ticket\nx\n', { 'idempotency-key': 'a b' })).code).toBe('invalid_request');
    const elsewhere = await admin.call('POST', '/api/workflows', { text: 'name\nx\n', headers: { 'content-type': 'text/csv' } });
    expect(elsewhere.status).toBe(415);
  });

  it('names what keeps it from being published, by step', async () => {
    const { id } = await call<Workflow>('POST', '/api/workflows', { name: 'Unfinished', graph: graphOn('no-such-model') });
    const refused = await admin.call('POST', `/api/workflows/${id}/publish`, { body: { revision: 0 } });
    expect([refused.status, refused.code]).toEqual([422, 'workflow_incomplete']);
    expect(refused.json()).toMatchObject({ errors: [{ field: 'steps.classify.model', message: 'There is no model "no-such-model".' }] });
  });
});

describe('an evaluation', () => {
  it('runs a CSV through two candidates, and gives the results as a file', async () => {
    const model = await addModel('Evaluated Llama');
    const { id: workflow_id } = await call<Workflow>('POST', '/api/workflows', { name: 'Evaluated', graph: graphOn(model) });
    await call('POST', `/api/workflows/${workflow_id}/publish`, { revision: 0 });
    const sent = await admin.call('POST', '/api/datasets?name=March', {
      text: 'ticket,expected.label\nPay,=billing\nHelp,bug\n',
      headers: { 'content-type': 'text/csv' },
    });
    expect(sent.status).toBe(201);
    const dataset = sent.json<Dataset>();
    const candidates = ['A', 'B'].map((label) => ({ label, version: 1, replacements: [{ step: 'classify', model }] }));
    const text = { actual: '{{output.label}}', expected: '{{expected.label}}', ignore_case: false, ignore_space: false };
    const checks = [{ kind: 'exact', name: 'label', ...text }];
    const body = { name: 'Which one', workflow_id, dataset_id: dataset.id, candidates, checks };
    const { id } = await call<Evaluation>('POST', '/api/evaluations', body);
    const look = async () => (await call<Evaluation>('GET', `/api/evaluations/${id}`)).state;
    await expect.poll(look, { timeout: 30_000, interval: 100 }).toBe('finished');
    expect(await call('GET', `/api/evaluations/${id}`)).toMatchObject({
      candidates: [
        { label: 'A', rows: { passed: 1, failed: 1 }, cost: '0.000028', cost_per_task: '0.000014' },
        { rows: { passed: 1, failed: 1 } },
      ],
      comparisons: [{ candidate: 2, baseline: 1, won: 0, lost: 0, tied: 2, p_value: 1 }],
    });
    const csv = await admin.call('GET', `/api/evaluations/${id}/results?format=csv`);
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="evaluation-${id}.csv"`);
    expect(csv.text).toMatch(/\r\n1,,Pay,'=billing,finished,pass,/);
    expect((await admin.call('DELETE', `/api/datasets/${dataset.id}`)).code).toBe('conflict');
    const wrong = { ...body, checks: [{ ...checks[0], actual: '{{steps.classify.output}}' }] };
    const refused = await admin.call('POST', '/api/evaluations', { body: wrong });
    expect([refused.status, refused.code]).toEqual([400, 'invalid_request']);
    expect(refused.json()).toMatchObject({ errors: [{ field: 'checks.0.actual' }] });
  });
});

import type { Capabilities, CreateModelBody, LlmConfig, Task } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphOf, stepOf } from './__fixtures__/build-graph.ts';
import { type EngineStand, startEngineStand } from './__fixtures__/start-engine-stand.ts';

let stand: EngineStand;
beforeAll(async () => {
  stand = await startEngineStand();
  await stand.engine.start();
});
afterAll(async () => {
  await stand.engine.stop();
  await stand.close();
});

const image = 'data:image/png;base64,iVBORw0KGgo=';
const schema = { type: 'object', properties: { label: { enum: ['bug'] } }, required: ['label'] };
const every: Capabilities = { json_mode: true, vision: true, tool_use: true, reasoning: true };

/** Everything that a step can ask for. */
const greedy: Partial<LlmConfig> = {
  system_prompt: 'Be brief.',
  temperature: 0.5,
  max_tokens: 500,
  reasoning: { effort: 'high', max_tokens: 2048 },
  output: { type: 'json_schema', schema },
  images: ['photo'],
};

const fields = [
  { name: 'text', type: 'text', required: true, description: '' },
  { name: 'photo', type: 'image', required: false, description: '' },
];

let models = 0;
function addModel(capabilities: Partial<Capabilities>, more: Partial<CreateModelBody> = {}): Promise<string> {
  models += 1;
  const given = { ...every, ...capabilities };
  const reasoning_parameter = given.reasoning ? ('effort' as const) : null;
  return stand.addModel(`Model ${models}`, { capabilities: given, reasoning_parameter, ...more });
}

async function runOne(config: Partial<LlmConfig>): Promise<{ task: Task; sent: Record<string, unknown>[] }> {
  const before = stand.upstream.requests.length;
  const answer = [{ name: 'answer', value: '{{steps.ask.output}}' }];
  const id = await stand.publish(
    graphOf(
      [stepOf('start', 'start', { fields }), stepOf('llm', 'ask', config), stepOf('end', 'end', { mapping: answer })],
      'start > ask > end',
    ),
  );
  const batch = await stand.createBatch(id, [{ text: 'It broke', photo: image }]);
  await stand.waitForBatch(batch.id, 15_000);
  const task = (await stand.workflows.listTasks(stand.principal, id, { limit: 1 })).data[0] as Task;
  return { task, sent: stand.upstream.requests.slice(before).map((request) => request.body as Record<string, unknown>) };
}

describe('an LLM step', () => {
  it('sends a model that has everything all of it, and gives the object on', async () => {
    const { task, sent } = await runOne({ ...greedy, model: await addModel({}) });
    expect(task).toMatchObject({ state: 'finished', output: { answer: { label: 'bug' } } });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'It broke' },
            { type: 'image_url', image_url: { url: image } },
          ],
        },
      ],
      temperature: 0.5,
      response_format: { type: 'json_schema', json_schema: { name: 'ask', schema } },
    });
    expect(JSON.stringify(sent[0])).toMatch(/high/);
  });

  it('keeps reasoning from a model without it', async () => {
    const { task, sent } = await runOne({ ...greedy, model: await addModel({ reasoning: false }) });
    expect(task.state).toBe('finished');
    expect(JSON.stringify(sent)).not.toMatch(/reasoning|thinking|effort|high|2048/);
  });

  it('asks for no more tokens than the model answers', async () => {
    const { sent } = await runOne({ model: await addModel({}, { max_tokens: 100 }), max_tokens: 100 });
    expect(sent[0]).toMatchObject({ max_tokens: 100 });
  });

  it.each([
    ['json_mode', 'JSON mode'],
    ['vision', 'Vision'],
  ] as const)('fails without a call when the model has lost %s', async (capability, name) => {
    const slug = await addModel({});
    const id = await stand.publish(
      graphOf(
        [stepOf('start', 'start', { fields }), stepOf('llm', 'ask', { ...greedy, model: slug }), stepOf('end', 'end')],
        'start > ask > end',
      ),
    );
    await stand.registry.updateModel(stand.principal, slug, { capabilities: { ...every, [capability]: false } });
    const before = stand.upstream.requests.length;
    const batch = await stand.createBatch(id, [{ text: 'It broke', photo: image }]);
    await stand.waitForBatch(batch.id, 15_000);
    const [task] = (await stand.workflows.listTasks(stand.principal, id, { limit: 1 })).data;
    expect(task?.error).toEqual({
      code: 'capability_missing',
      message: `The model "${slug}" is not offered for ${name}, which the step "ask" needs.`,
      step: 'ask',
      slug,
    });
    expect(stand.upstream.requests).toHaveLength(before);
  });

  it('tries again where the cause may pass, and then asks the fallback once', async () => {
    const [model, fallback_model] = [await addModel({}), await addModel({})];
    const broken = { status: 500, body: { error: { message: 'sk-secret words of theirs' } } };
    stand.upstream.answerOnce(broken, broken, { text: 'From the other' });
    const { task, sent } = await runOne({ model, fallback_model, retries: 1 });
    expect(task).toMatchObject({ state: 'finished', output: { answer: 'From the other' } });
    expect(sent.map((body) => body.model)).toEqual([`Model ${models - 1}`, `Model ${models - 1}`, `Model ${models}`]);
  });

  it('tries again when the answer does not fit the JSON schema, and else names the first place that does not', async () => {
    const model = await addModel({});
    stand.upstream.answerOnce({ text: '{"label":"sk-secret"}' });
    const mended = await runOne({ model, output: { type: 'json_schema', schema }, retries: 1 });
    expect(mended.task).toMatchObject({ state: 'finished', output: { answer: { label: 'bug' } } });
    expect(mended.sent).toHaveLength(2);
    stand.upstream.answerOnce({ text: '{"label":"sk-secret"}' });
    const { task } = await runOne({ model, output: { type: 'json_schema', schema } });
    expect(task.error).toEqual({
      code: 'upstream_error',
      message: `The model "${model}" could not do the step "ask": its answer does not fit the JSON schema: $.label is not one of the values in enum.`,
      step: 'ask',
      slug: model,
    });
  });

  it('tells a failure in our words only', async () => {
    const model = await addModel({});
    stand.upstream.answerOnce({ status: 500, body: { error: { message: 'words of theirs' } } });
    const { task } = await runOne({ model });
    expect(task).toMatchObject({ state: 'failed', error: { code: 'upstream_error', step: 'ask' } });
    expect(JSON.stringify(task)).not.toContain('words of theirs');
  });

  it('gives up after its own time limit, and cancels the call', async () => {
    const model = await addModel({});
    stand.upstream.answerOnce({ hang: 'headers' });
    const { task } = await runOne({ model, timeout_seconds: 1 });
    expect(task.error).toMatchObject({ code: 'upstream_timeout', step: 'ask' });
    await stand.upstream.waitForAbort(10_000);
  });
});

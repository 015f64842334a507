import type { TryEvent, TryStepBody } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepOf } from '../__fixtures__/build-graph.ts';
import { type EngineStand, startEngineStand } from '../__fixtures__/start-engine-stand.ts';

let stand: EngineStand;
let slug: string;
beforeAll(async () => {
  stand = await startEngineStand();
  slug = await stand.addModel('Tiny Chat');
});
afterAll(() => stand.close());

async function tryStep(config: Record<string, unknown>, more: Partial<TryStepBody> = {}) {
  const step = stepOf('llm', 'ask', { model: slug, ...config });
  const events: TryEvent[] = [];
  const body = { name: 'ask', config: step.config, input: { text: 'Hi' }, steps: {}, ...more } as TryStepBody;
  await stand.workflows.tryStep(stand.principal, body, (event) => events.push(event), new AbortController().signal);
  return { events, last: events.at(-1), pieces: events.flatMap((event) => (event.type === 'piece' ? [event.text] : [])) };
}

describe('trying a step', () => {
  it('asks as a task would, streams, and tells what it cost, with samples of earlier steps', async () => {
    stand.upstream.answerOnce({ chunks: ['Well ', 'done'], reasoning: 'Hm.' });
    const prompt = { user_prompt: '{{input.text}} {{steps.tone.output.kind}}', system_prompt: 'Be brief.' };
    const { last, pieces, events } = await tryStep(prompt, { steps: { tone: { output: { kind: 'soft' } } } });
    expect(pieces.filter((text) => text !== '')).toEqual(['Well ', 'done']);
    expect(last).toMatchObject({ type: 'finished', output: 'Well done', thinking: 'Hm.' });
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi soft' },
    ];
    expect(last).toMatchObject({ request: { model: slug, messages } });
    expect(stand.upstream.requests.at(-1)?.body).toMatchObject({ messages, stream: true });
    const attempt = events.find((event) => event.type === 'attempt')?.attempt;
    expect(attempt).toMatchObject({ slug, status: 'succeeded' });
    expect(Number(attempt?.cost)).toBeGreaterThan(0);
    expect(last).toMatchObject({ cost: attempt?.cost });
  });

  it('begins anew where an answer does not fit its schema, and tells in our words what did not', async () => {
    const output = { type: 'json_schema', schema: { type: 'object', properties: { label: { enum: ['bug'] } }, required: ['label'] } };
    stand.upstream.answerOnce({ text: '{"label":"no"}' });
    const mended = await tryStep({ output, retries: 1 });
    expect(mended.events.filter((event) => event.type === 'call')).toHaveLength(2);
    expect(mended.last).toMatchObject({ type: 'finished', output: { label: 'bug' } });
    stand.upstream.answerOnce({ text: '{"label":"no"}' });
    expect((await tryStep({ output })).last).toMatchObject({
      type: 'failed',
      error: { code: 'upstream_error', step: 'ask', message: expect.stringContaining('$.label is not one of the values in enum') },
    });
  });

  it('sends an image whole, and does not send it back', async () => {
    const photo = `data:image/png;base64,${'A'.repeat(5_000)}`;
    const { last } = await tryStep({ images: ['photo'] }, { input: { text: 'Hi', photo } });
    expect(JSON.stringify(stand.upstream.requests.at(-1)?.body)).toContain(photo);
    expect(JSON.stringify(last)).not.toContain(photo);
    expect(JSON.stringify(last)).toContain('data:image/png;base64,AAA');
  });

  it('refuses a model that this key may not call', async () => {
    const events: TryEvent[] = [];
    const limited = { ...stand.principal, allowedModels: new Set<string>() };
    const { config } = stepOf('llm', 'ask', { model: slug });
    const body = { name: 'ask', config, input: {}, steps: {} } as TryStepBody;
    await stand.workflows.tryStep(limited, body, (event) => events.push(event), new AbortController().signal);
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'model_not_allowed' } });
  });

  it('is canceled at the provider when the caller leaves', async () => {
    stand.upstream.answerOnce({ chunks: ['Well '], hang: 'stream' });
    const leaving = new AbortController();
    const { config } = stepOf('llm', 'ask', { model: slug });
    const body = { name: 'ask', config, input: {}, steps: {} } as TryStepBody;
    const leave = (event: TryEvent) => event.type === 'piece' && leaving.abort();
    const tried = stand.workflows.tryStep(stand.principal, body, leave, leaving.signal);
    await expect(tried).rejects.toThrow();
    await stand.upstream.waitForAbort(5_000);
  });
});

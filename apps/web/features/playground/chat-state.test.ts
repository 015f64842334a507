import type { Model } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { chatBody, newSettings, type Turn } from './chat-state.ts';

const plain = { json_mode: false, vision: false, tool_use: false, reasoning: false };
const model = (change: Partial<Model>): Model => ({ slug: 'm', capabilities: plain, reasoning_parameter: null, ...change }) as Model;
const question: Turn = { id: 1, role: 'user', text: 'Hello', images: [], reasoning: '', outcome: null };
const sent = (...given: Parameters<typeof chatBody>) => JSON.parse(JSON.stringify(chatBody(...given)));

it('sends only what is set', () => {
  expect(sent(model({}), [question], newSettings)).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: 'Hello' }],
    stream: true,
    stream_options: { include_usage: true },
  });
});

it('never asks a model for what it cannot do', () => {
  const settings = { ...newSettings, jsonAnswer: true, reasoningEffort: 'high', reasoningTokens: '2048' };
  const body = sent(model({}), [question], settings);
  expect(body).not.toHaveProperty('response_format');
  expect(body).not.toHaveProperty('reasoning');
});

it.each([
  ['effort', { effort: 'high' }],
  ['max_tokens', { max_tokens: 2048 }],
] as const)('asks for thinking by the shape of the model: %s', (shape, reasoning) => {
  const settings = { ...newSettings, reasoningEffort: 'high', reasoningTokens: '2048' };
  const body = sent(model({ capabilities: { ...plain, reasoning: true }, reasoning_parameter: shape }), [question], settings);
  expect(body.reasoning).toEqual(reasoning);
});

it('leaves a failed, empty answer out of the next question', () => {
  const failed: Turn = { ...question, id: 2, role: 'assistant', text: '' };
  expect(sent(model({}), [question, failed, { ...question, id: 3, text: 'Again' }], newSettings).messages).toHaveLength(2);
});

it('sends images as data URIs beside the text', () => {
  const body = sent(model({}), [{ ...question, images: ['data:image/png;base64,AA=='] }], newSettings);
  expect(body.messages[0].content[1]).toEqual({ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } });
});

import { describe, expect, it } from 'vitest';
import { cutAnswer, cutCompletion } from './cut-completion.ts';
import { joinChunks } from './join-chunks.ts';

const usage = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, cost: 0.0001, own_detail: { kept: true } };
const message = {
  role: 'assistant',
  content: 'größe 😀',
  reasoning: 'hm',
  reasoning_details: [
    { type: 'reasoning.text', text: 'hm', signature: 's', index: 0 },
    { type: 'reasoning.encrypted', data: 'x', index: 1 },
  ],
  tool_calls: [
    {
      id: 'call_1',
      type: 'function',
      function: { name: 'look', arguments: '{"a":1}' },
      extra_content: { google: { thought_signature: 't' } },
    },
    { id: 'call_2', type: 'function', function: { name: 'look', arguments: '' } },
  ],
};
const logprobs = { content: [{ token: 'a', logprob: -0.1, bytes: [97], top_logprobs: [] }], refusal: null };
const choice = { index: 0, message, logprobs, finish_reason: 'tool_calls', native_finish_reason: 'tool_use' };
const whole = {
  id: 'chatcmpl-1',
  created: 7,
  model: 'm',
  system_fingerprint: 'fp',
  object: 'chat.completion',
  choices: [choice, { index: 1, message: { role: 'assistant', content: 'two' }, logprobs: null, finish_reason: 'stop' }],
  usage,
};
const cut = (value: unknown, askedUsage = true) => cutCompletion(Buffer.from(JSON.stringify(value)), askedUsage);

const head = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' };
const chunk = (delta: object, more: object = {}) => ({ ...head, choices: [{ index: 0, delta, finish_reason: null, ...more }] });
const end = chunk({}, { finish_reason: 'stop' });
const counts = { ...head, choices: [], usage };
const join = (...events: readonly unknown[]) => {
  const joined = joinChunks(
    Buffer.from([...events, '[DONE]'].map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('')),
  );
  return joined === null ? null : JSON.parse(joined.toString('utf8'));
};

describe('an answer in its other form', () => {
  it('says the same when it is cut and put together again', () => {
    const stream = cut(whole);
    expect(JSON.parse(joinChunks(stream ?? Buffer.alloc(0))?.toString('utf8') ?? 'null')).toEqual(whole);
  });

  it('leaves out what says nothing', () => {
    const quiet = { ...message, refusal: null, annotations: [], audio: null, function_call: null };
    const stream = cut({ ...whole, prompt: [], kv_transfer_params: null, choices: [{ ...choice, message: quiet }] });
    expect(stream?.toString('utf8')).not.toMatch(/annotations|audio|prompt"/);
  });

  it('tells usage only where it is asked for', () => {
    expect(cut(whole, false)?.toString('utf8')).not.toContain('usage');
    expect(cut({ ...whole, usage: null }, false)).not.toBeNull();
    expect(cut({ ...whole, usage: null }, true)).toBeNull();
  });

  it.each([
    ['a field of the answer', { ...whole, citations: ['x'] }],
    ['a field of a choice', { ...whole, choices: [{ ...choice, content_filter_results: {} }] }],
    ['a field of the message', { ...whole, choices: [{ ...choice, message: { ...message, audio: { data: 'x' } } }] }],
    ['a content in parts', { ...whole, choices: [{ ...choice, message: { role: 'assistant', content: [{ type: 'text', text: 'x' }] } }] }],
    ['a call of another kind', { ...whole, choices: [{ ...choice, message: { ...message, tool_calls: [{ id: 'a', type: 'custom' }] } }] }],
    ['no finish reason', { ...whole, choices: [{ ...choice, finish_reason: null }] }],
    ['no choices', { ...whole, choices: [] }],
    ['another object', { ...whole, object: 'list' }],
  ])('is not cut with %s', (_, value) => {
    expect(cut(value)).toBeNull();
  });

  it('is cut with all that it has where it must be, in fields that no stream is known for', () => {
    const odd = {
      ...whole,
      citations: ['x'],
      choices: [{ ...choice, message: { ...message, audio: { data: 'a' } }, content_filter_results: { hate: 1 } }],
    };
    const told = cutAnswer(odd, true).toString('utf8');
    const chunks = [...told.matchAll(/^data: ({.*})$/gm)].map((match) => JSON.parse(match[1] ?? ''));
    expect(chunks).toMatchObject([
      { citations: ['x'], choices: [{ delta: { ...message, audio: { data: 'a' }, tool_calls: [{ index: 0 }, { index: 1 }] } }] },
      { choices: [{ finish_reason: 'tool_calls', native_finish_reason: 'tool_use', content_filter_results: { hate: 1 } }] },
      { choices: [], usage },
    ]);
    expect(chunks[1]).not.toHaveProperty('citations');
    expect(told.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(cutAnswer({ ...whole, usage: undefined }, true).toString('utf8')).not.toContain('usage');
  });

  it('is put together from pieces, padding and silence apart', () => {
    const calls = [
      chunk({ tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'look', arguments: '' } }] }),
      chunk({ tool_calls: [{ index: 0, id: 'c1', function: { arguments: '{"a"' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
    ];
    const joined = join(
      chunk({ role: 'assistant', content: '' }),
      { ...chunk({ content: null }), obfuscation: 'xyz' },
      ...calls,
      end,
      counts,
    );
    expect(joined.choices[0].message).toEqual({
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"a":1}' } }],
    });
    expect(join(chunk({ content: 'a' }), chunk({ content: 'b' }), end, counts)).toMatchObject({
      object: 'chat.completion',
      choices: [{ message: { content: 'ab' }, finish_reason: 'stop' }],
      usage,
    });
  });

  it.each<[string, readonly unknown[]]>([
    ['no usage', [chunk({ content: 'a' }), end]],
    ['no finish reason', [chunk({ content: 'a' }), counts]],
    ['a field of a piece', [chunk({ content: 'a', audio: { data: 'x' } }), end, counts]],
    ['a field of a chunk', [{ ...chunk({ content: 'a' }), citations: ['x'] }, end, counts]],
    ['calls without numbers', [chunk({ tool_calls: [{ id: 'c1', function: { name: 'look', arguments: '{}' } }] }), end, counts]],
    [
      'a call that changes its name',
      [...['a', 'b'].map((name) => chunk({ tool_calls: [{ index: 0, id: 'c', function: { name } }] })), end, counts],
    ],
    ['thoughts in summaries', [chunk({ reasoning_details: [{ type: 'reasoning.summary', summary: 'x' }] }), end, counts]],
    ['two answers', [chunk({ content: 'a' }), { ...end, id: 'other' }, counts]],
    ['what is not JSON', ['{', end, counts]],
    ['an error', [chunk({ content: 'a' }), { error: { message: 'no' } }, end, counts]],
  ])('is not put together with %s', (_, events) => {
    expect(join(...events)).toBeNull();
  });

  it('is not put together where it broke off', () => {
    expect(joinChunks(Buffer.from(`data: ${JSON.stringify(end)}\n\n`))).toBeNull();
  });
});

import { expect, it } from 'vitest';
import { explainCost } from './explain-cost.ts';

const attempt = {
  prompt_tokens: 1_204,
  completion_tokens: 310,
  cached_tokens: null,
  cache_write_tokens: null,
  long_cache_write_tokens: null,
  reasoning_tokens: null,
  audio_input_tokens: null,
  cached_audio_tokens: null,
  audio_output_tokens: null,
  web_searches: null,
  images: null,
  input_cost_per_token: '0.000002',
  output_cost_per_token: '0.000012',
  cache_read_cost_per_token: null,
  cache_write_cost_per_token: null,
  reasoning_cost_per_token: null,
  audio_input_cost_per_token: null,
  audio_output_cost_per_token: null,
  audio_cache_read_cost_per_token: null,
  cost_per_request: null,
  cost_per_image: null,
  cost_per_web_search: null,
  cost: '0.006128',
  from_cache: false,
};

it('shows the formula, exact', () => {
  expect(explainCost(attempt)).toEqual({
    lines: [
      { label: 'Input', formula: '1,204 × $2.00 / 1M', amount: '$0.002408' },
      { label: 'Output', formula: '310 × $12.00 / 1M', amount: '$0.00372' },
    ],
    note: null,
  });
});

it('charges cached tokens apart, at their own price where there is one', () => {
  const cached = { ...attempt, cached_tokens: 1_000, cache_write_tokens: 100, cache_read_cost_per_token: '0.0000002', cost: '0.004328' };
  expect(explainCost(cached)).toEqual({
    lines: [
      { label: 'Input', formula: '104 × $2.00 / 1M', amount: '$0.000208' },
      { label: 'Input from cache', formula: '1,000 × $0.20 / 1M', amount: '$0.0002' },
      { label: 'Input written to cache', formula: '100 × $2.00 / 1M', amount: '$0.0002' },
      { label: 'Output', formula: '310 × $12.00 / 1M', amount: '$0.00372' },
    ],
    note: null,
  });
});

it('charges what is written for an hour apart', () => {
  const counts = { cached_tokens: 4, cache_write_tokens: 1_000, long_cache_write_tokens: 400 };
  const written = { ...attempt, ...counts, cache_read_cost_per_token: '0.0000002', cache_write_cost_per_token: '0.0000025' };
  const { lines, note } = explainCost({ ...written, cost: '0.0072208' });
  expect(lines.slice(2, 4)).toEqual([
    { label: 'Input written to cache', formula: '600 × $2.50 / 1M', amount: '$0.0015' },
    { label: 'Input written to cache for an hour', formula: '400 × $4.00 / 1M', amount: '$0.0016' },
  ]);
  expect(note).toBeNull();
});

it('charges thinking, the request and its images where they have prices', () => {
  const prices = { reasoning_cost_per_token: '0.000003', cost_per_request: '0.01', cost_per_image: '0.002' };
  const full = { ...attempt, ...prices, reasoning_tokens: 110, images: 3, cost: '0.021138' };
  expect(explainCost(full)).toEqual({
    lines: [
      { label: 'Input', formula: '1,204 × $2.00 / 1M', amount: '$0.002408' },
      { label: 'Output', formula: '200 × $12.00 / 1M', amount: '$0.0024' },
      { label: 'Thinking', formula: '110 × $3.00 / 1M', amount: '$0.00033' },
      { label: 'Request', formula: '1 × $0.01', amount: '$0.01' },
      { label: 'Images', formula: '3 × $0.002', amount: '$0.006' },
    ],
    note: null,
  });
  expect(explainCost({ ...attempt, reasoning_tokens: 110 }).lines).toHaveLength(2);
});

it('charges audio and searches of the web apart, once', () => {
  const counts = { cached_tokens: 200, audio_input_tokens: 700, cached_audio_tokens: 100, audio_output_tokens: 10, web_searches: 2 };
  const prices = {
    cache_read_cost_per_token: '0.0000002',
    audio_input_cost_per_token: '0.00001',
    audio_cache_read_cost_per_token: '0.000001',
    audio_output_cost_per_token: '0.00005',
    cost_per_web_search: '0.01',
  };
  expect(explainCost({ ...attempt, ...counts, ...prices, cost: '0.031028' })).toEqual({
    lines: [
      { label: 'Input', formula: '404 × $2.00 / 1M', amount: '$0.000808' },
      { label: 'Input from cache', formula: '100 × $0.20 / 1M', amount: '$0.00002' },
      { label: 'Audio input', formula: '600 × $10.00 / 1M', amount: '$0.006' },
      { label: 'Audio input from cache', formula: '100 × $1.00 / 1M', amount: '$0.0001' },
      { label: 'Output', formula: '300 × $12.00 / 1M', amount: '$0.0036' },
      { label: 'Audio output', formula: '10 × $50.00 / 1M', amount: '$0.0005' },
      { label: 'Web searches', formula: '2 × $0.01', amount: '$0.02' },
    ],
    note: null,
  });
  expect(explainCost({ ...attempt, audio_input_tokens: 700, audio_output_tokens: 10 })).toEqual(explainCost(attempt));
});

it.each([
  [{ web_searches: 1 }, 'no price for that'],
  [{ audio_input_tokens: 4, cached_tokens: 9, audio_input_cost_per_token: '0.00001' }, 'how many of the cached tokens are audio'],
  [{ reasoning_tokens: 999, reasoning_cost_per_token: '0.00001' }, 'do not fit together'],
])('says which part of it makes a cost unknown: %j', (part, why) => {
  expect(explainCost({ ...attempt, ...part, cost: null }).note).toContain(why);
});

it('says when the cost is not the sum of its lines', () => {
  expect(explainCost({ ...attempt, cost: '0.005' }).note).toContain('own figure');
});

it('says that a cost without a price is unknown, and why', () => {
  expect(explainCost({ ...attempt, input_cost_per_token: null, output_cost_per_token: null, cost: null })).toEqual({
    lines: [],
    note: 'Unknown: the model had no price when this call was made. Unknown is not zero.',
  });
  expect(explainCost({ ...attempt, prompt_tokens: null, completion_tokens: null, cost: null }).note).toContain('no token counts');
});

it("says when the figure is the provider's, and when there was no provider", () => {
  expect(explainCost({ ...attempt, input_cost_per_token: null }).note).toBe('As the provider told it.');
  expect(explainCost({ ...attempt, from_cache: true, cost: '0' })).toEqual({
    lines: [],
    note: 'Answered from the cache: no provider was called.',
  });
});

import { decimal } from '@pipelines/contracts';
import type { ProviderListing } from '@pipelines/providers';
import { describe, expect, it } from 'vitest';
import { readSourcePrices } from './source-prices.ts';
import { completePrices, toSuggestion } from './sourced-prices.ts';

const today = new Date('2026-09-30T12:00:00Z');
const listing: ProviderListing = {
  id: 'm',
  name: null,
  context_tokens: null,
  maxOutputTokens: null,
  capabilities: null,
  prices: { input: '0.00000088', output: '0.0000009' },
  chat: true,
};

describe('readSourcePrices', () => {
  it("takes the provider's own list first, dated today", () => {
    expect(readSourcePrices('together', 'meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo', listing, today)).toEqual({
      prices: { input_cost_per_token: '0.00000088', output_cost_per_token: '0.0000009' },
      source: 'provider',
      dated: '2026-09-30',
      url: 'https://www.together.ai/pricing',
    });
  });

  it.each([
    ['together', 'meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo', '0.00000088', '0.00000088'],
    ['bedrock', 'anthropic.claude-3-5-sonnet-20240620-v1:0', '0.000003', '0.000015'],
    // The short-context tier, not the one of a million tokens.
    ['openai', 'gpt-5.4', '0.0000025', '0.000015'],
    ['anthropic', 'claude-sonnet-4-5-20250929', '0.000003', '0.000015'],
    ['google', 'gemini-2.5-flash', '0.0000003', '0.0000025'],
    ['fireworks', 'accounts/fireworks/models/glm-5p1', '0.0000014', '0.0000044'],
  ] as const)('then what is published of %s %s', (provider, model, input, output) => {
    const said = readSourcePrices(provider, model, null, today);
    const suggested = said && toSuggestion(said);
    expect(suggested).toMatchObject({
      input_cost_per_token: input,
      output_cost_per_token: output,
      source: 'genai-prices',
      url: expect.stringContaining('https://'),
    });
    expect(decimal.safeParse(suggested?.input_cost_per_token).success).toBe(true);
  });

  it('nothing for an unknown model, or an endpoint of ones own', () => {
    expect(readSourcePrices('fireworks', 'accounts/acme/models/llama-ft-v2', null, today)).toBeNull();
    expect(readSourcePrices('fireworks', 'constructor', null, today)).toBeNull();
    expect(readSourcePrices('openai-compatible', 'gpt-5.4', null, today)).toBeNull();
    expect(readSourcePrices('huggingface', 'gpt-5.4', null, today)).toBeNull();
  });

  it('tells cached tokens and the tiers of long prompts', () => {
    expect(readSourcePrices('anthropic', 'claude-sonnet-4-5-20250929', null, today)?.prices).toEqual({
      input_cost_per_token: '0.000003',
      output_cost_per_token: '0.000015',
      cache_read_cost_per_token: '0.0000003',
      cache_write_cost_per_token: '0.00000375',
      cost_per_web_search: '0.01',
      price_tiers: [
        {
          above_prompt_tokens: 200_000,
          input_cost_per_token: '0.000006',
          output_cost_per_token: '0.0000225',
          cache_read_cost_per_token: '0.0000006',
          cache_write_cost_per_token: '0.0000075',
          reasoning_cost_per_token: null,
          audio_input_cost_per_token: null,
          audio_output_cost_per_token: null,
          audio_cache_read_cost_per_token: null,
        },
      ],
    });
  });

  it.each([
    ['google', 'gemini-2.5-flash', { audio_input_cost_per_token: '0.000001', audio_cache_read_cost_per_token: '0.0000001' }],
    ['openai', 'gpt-audio', { audio_input_cost_per_token: '0.000032', audio_output_cost_per_token: '0.000064' }],
  ] as const)('tells what audio costs: %s %s', (provider, model, prices) => {
    expect(readSourcePrices(provider, model, null, today)?.prices).toMatchObject(prices);
  });

  it('tells what the list says of audio and searches of the web', () => {
    const sounds = { audioInput: '0.000032', audioOutput: '0.000064', audioCacheRead: '0.000004', webSearch: '0.01' };
    const tiers = [{ abovePromptTokens: 9, input: null, output: null, cacheRead: null, cacheWrite: null, audioInput: '0.00005' }];
    const prices = { input: '0.000001', output: '0.000002', ...sounds, tiers };
    expect(readSourcePrices('openrouter', 'm', { ...listing, prices }, today)?.prices).toMatchObject({
      audio_input_cost_per_token: '0.000032',
      audio_output_cost_per_token: '0.000064',
      audio_cache_read_cost_per_token: '0.000004',
      cost_per_web_search: '0.01',
      price_tiers: [{ audio_input_cost_per_token: '0.00005', audio_output_cost_per_token: null }],
    });
  });

  it('leaves what a source does not speak of as it was', () => {
    const before = { cost_per_image: '0.002', cache_read_cost_per_token: '0.0000001' };
    const said = { input_cost_per_token: '0.000001', output_cost_per_token: '0.000002', cache_read_cost_per_token: '0.0000002' };
    expect(completePrices(said, before)).toMatchObject({ ...said, cost_per_image: '0.002', cost_per_request: null, price_tiers: [] });
  });
});

import { decimal } from '@pipelines/contracts';
import type { ProviderListing } from '@pipelines/providers';
import { describe, expect, it } from 'vitest';
import { suggestPrices } from './suggest-prices.ts';

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

describe('suggestPrices', () => {
  it("takes the provider's own list first, dated today", () => {
    expect(suggestPrices('together', 'meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo', listing, today)).toEqual({
      input_cost_per_token: '0.00000088',
      output_cost_per_token: '0.0000009',
      source: 'provider',
      dated: '2026-09-30',
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
    const suggested = suggestPrices(provider, model, null, today);
    expect(suggested).toMatchObject({ input_cost_per_token: input, output_cost_per_token: output, source: 'genai-prices' });
    expect(decimal.safeParse(suggested?.input_cost_per_token).success).toBe(true);
  });

  it('nothing for an unknown model, or an endpoint of ones own', () => {
    expect(suggestPrices('fireworks', 'accounts/acme/models/llama-ft-v2', null, today)).toBeNull();
    expect(suggestPrices('openai-compatible', 'gpt-5.4', null, today)).toBeNull();
    expect(suggestPrices('huggingface', 'gpt-5.4', null, today)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { describeChange } from './describe-change.ts';

describe('describeChange', () => {
  it.each([
    ['input_cost_per_token', '0.000003', '0.000004', 'Input price: $3.00 → $4.00 per 1M tokens'],
    ['output_cost_per_token', null, '0.000015', 'Output price: unknown → $15.00 per 1M tokens'],
    ['context_tokens', 256000, 300000, 'Context: 256,000 → 300,000 tokens'],
    ['retires_on', null, '2027-01-31', 'Retires: not known → 2027-01-31'],
    ['capabilities.vision', false, true, 'Vision: off → on'],
    ['reasoning_efforts', ['low', 'high'], ['high'], 'Efforts: low, high → high'],
    ['price_tiers', [], [{ abovePromptTokens: 128000 }], 'Prices of long prompts: none → above 128,000 tokens'],
    ['something_new', 1, 2, 'something new: 1 → 2'],
  ])('%s', (field, before, after, text) => {
    expect(describeChange({ field, before, after })).toBe(text);
  });
});

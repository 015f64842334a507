import { describe, expect, it } from 'vitest';
import { nearestModelIds } from './nearest-model-ids.ts';

const ids = [
  'accounts/fireworks/models/glm-5p1',
  'accounts/fireworks/models/kimi-k2',
  'meta-llama/Llama-3.1-8B',
  'meta-llama/Llama-3.1-70B',
  'gpt-5-mini',
];

describe('nearestModelIds', () => {
  it('finds a typing mistake, another case and a missing owner', () => {
    expect(nearestModelIds('meta-llama/llama-3.1-70b', ids)[0]).toBe('meta-llama/Llama-3.1-70B');
    expect(nearestModelIds('glm-5p1', ids)[0]).toBe('accounts/fireworks/models/glm-5p1');
    expect(nearestModelIds('accounts/acme/models/kimi-k2', ids)[0]).toBe('accounts/fireworks/models/kimi-k2');
    expect(nearestModelIds('gpt5mini', ids)[0]).toBe('gpt-5-mini');
  });

  it('offers nothing that resembles nothing, and few of many', () => {
    expect(nearestModelIds('zzzzzzzzzzzzzzz', ids)).toEqual([]);
    expect(
      nearestModelIds(
        'model-1',
        Array.from({ length: 50 }, (_, n) => `model-${n}`),
      ),
    ).toHaveLength(3);
  });

  it('is bounded by what a hostile list can hold', () => {
    const started = performance.now();
    nearestModelIds(
      'a'.repeat(300),
      Array.from({ length: 100_000 }, (_, n) => `${n}${'b'.repeat(290)}`),
    );
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

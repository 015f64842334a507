import { upstreamCauses } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { mapUpstreamError } from './map-upstream-error.ts';

const failureOf = (cause: (typeof upstreamCauses)[number], retryAfterSeconds: number | null = null) => ({
  cause,
  status: null,
  retryAfterSeconds,
  timeout: null,
  repeatable: false,
  reached: true,
});

describe('mapUpstreamError', () => {
  it.each(upstreamCauses)('has a sentence and a way out for %s', (cause) => {
    const error = mapUpstreamError(failureOf(cause), { slug: 'acme-llama' });
    expect(error.message).toMatch(/^The model "acme-llama" .+\.$/);
    expect(error.fix).toMatch(/\.$/);
    expect(error.status).toBeGreaterThanOrEqual(400);
  });

  it('blames the caller only for what the caller can mend', () => {
    const blamed = upstreamCauses.filter((cause) => mapUpstreamError(failureOf(cause), { slug: 'm' }).status < 500);
    expect(blamed.toSorted()).toEqual(['bad_request', 'content_blocked', 'context_too_long', 'feature_unsupported', 'rate_limited']);
  });

  it('hands on how long to wait', () => {
    expect(mapUpstreamError(failureOf('rate_limited', 7), { slug: 'm' }).retryAfterSeconds).toBe(7);
  });
});

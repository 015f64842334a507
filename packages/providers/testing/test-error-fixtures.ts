import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { RawResponse } from '../adapter.ts';
import { UpstreamError } from '../upstream-error.ts';

/** A recorded refusal, and what it means. `CNRY` stands where it tells something that must not be kept. */
export interface ErrorFixture {
  readonly name: string;
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  readonly cause: string;
  readonly detail: string | null;
  readonly retryAfterSeconds?: number;
}

/** Every recorded body has its cause, as an answer and inside a stream, and nothing of it is kept. */
export function testErrorFixtures(
  fixtures: readonly ErrorFixture[],
  classify: (response: RawResponse) => UpstreamError,
  classifyInBand: (value: unknown) => UpstreamError,
): void {
  const keepsNothing = (error: UpstreamError): void =>
    expect(`${JSON.stringify(error)}${inspect(error, { depth: 9, showHidden: true })}${error.stack}`).not.toContain('CNRY');

  describe('recorded refusals', () => {
    test.each(fixtures)('$name', ({ status, body, headers = {}, cause, detail, retryAfterSeconds }) => {
      const error = classify({ status, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });
      expect(error).toBeInstanceOf(UpstreamError);
      expect({ cause: error.reason, detail: error.detail, status: error.status }).toEqual({ cause, detail, status });
      if (retryAfterSeconds !== undefined) expect(error.retryAfterSeconds).toBe(retryAfterSeconds);
      keepsNothing(error);
      if (typeof body === 'object') keepsNothing(classifyInBand(body));
    });

    test('a hostile body is read in bounded time', () => {
      const startedAt = performance.now();
      for (const text of ['model '.repeat(200_000), 'not support '.repeat(100_000), '['.repeat(30_000), 'temperature '.repeat(100_000)]) {
        classify({ status: 400, headers: {}, body: Buffer.from(text) });
        classify({
          status: 400,
          headers: {},
          body: Buffer.from(JSON.stringify({ error: { type: 'invalid_request_error', message: text } })),
        });
      }
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    });
  });
}

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { UpstreamError } from '../upstream-error.ts';
import fixtures from './__fixtures__/errors.json' with { type: 'json' };
import { classifyError } from './classify-error.ts';

interface Fixture {
  readonly name: string;
  readonly status: number;
  readonly body: unknown;
  readonly cause: string;
  readonly detail: string | null;
  readonly headers?: Record<string, string>;
  readonly quirks?: object;
}

const classify = ({ status, body, headers = {}, quirks = {} }: Fixture) =>
  classifyError({ status, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) }, { quirks });

/** Older versions put the error's fields at the top, newer ones below `error`; null for what is neither. */
function otherDialect(body: unknown): object | null {
  const { error, object, ...fields } = body as { error?: unknown; object?: string };
  if (object === 'error') return { error: fields };
  return typeof error === 'object' && error !== null ? { object: 'error', ...error } : null;
}

describe('classifyError', () => {
  test.each(fixtures as readonly Fixture[])('$name', (fixture) => {
    const error = classify(fixture);
    expect(error).toBeInstanceOf(UpstreamError);
    expect({ cause: error.reason, detail: error.detail }).toEqual({ cause: fixture.cause, detail: fixture.detail });
    expect(`${JSON.stringify(error)}${inspect(error, { depth: 9, showHidden: true })}${error.stack}`).not.toContain('CNRY');
  });

  test.each((fixtures as readonly Fixture[]).filter(({ name, body }) => name.startsWith('vLLM') && otherDialect(body) !== null))(
    '$name, in the other dialect of its versions',
    (fixture) => {
      const error = classify({ ...fixture, body: otherDialect(fixture.body) });
      expect({ cause: error.reason, detail: error.detail }).toEqual({ cause: fixture.cause, detail: fixture.detail });
    },
  );

  test.each([
    ['20', 20],
    ['1.2', 2],
    ['-5', 0],
    ['999999999', 86_400],
    ['soon', null],
    ['', null],
    [new Date(Date.now() + 30_000).toUTCString(), 30],
  ])('Retry-After: %s', (value, seconds) => {
    const { retryAfterSeconds } = classifyError(
      { status: 429, headers: { 'retry-after': value }, body: Buffer.from('{}') },
      { quirks: {} },
    );
    if (seconds === 30) expect(retryAfterSeconds).toBeGreaterThan(27);
    else expect(retryAfterSeconds).toBe(seconds);
  });

  test('a hostile body is read in bounded time', () => {
    const startedAt = performance.now();
    for (const text of [
      'model '.repeat(200_000),
      'not support '.repeat(100_000),
      `${'['.repeat(30_000)}`,
      JSON.stringify({ error: 'tool un'.repeat(9000) }),
    ]) {
      classifyError({ status: 400, headers: {}, body: Buffer.from(text) }, { quirks: {} });
    }
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

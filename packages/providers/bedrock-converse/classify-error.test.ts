import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import fixtures from './__fixtures__/errors.json' with { type: 'json' };
import { classifyError, classifyException } from './classify-error.ts';

interface Fixture {
  readonly name: string;
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly cause: string;
  readonly detail: string | null;
  readonly facts?: Record<string, string>;
}

const classify = (status: number, headers: Record<string, string>, body: unknown) =>
  classifyError({ status, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });

describe('classifyError', () => {
  test.each(fixtures as readonly Fixture[])('$name', ({ status, type, message, cause, detail, facts = {} }) => {
    const told = [
      classify(status, { 'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/` }, { message }),
      classify(status, { 'x-amzn-errortype': type }, { Message: message }),
      classify(status, {}, { __type: `com.amazon.coral.service#${type}`, message }),
      classifyException(type.charAt(0).toLowerCase() + type.slice(1), { message }),
    ];
    for (const error of told) {
      expect({ cause: error.reason, detail: error.detail, facts: error.facts }).toEqual({ cause, detail, facts });
      expect(`${JSON.stringify(error)}${inspect(error, { depth: 9, showHidden: true })}${error.stack}`).not.toContain('CNRY');
    }
  });

  test.each([
    [403, '', 'no_access'],
    [404, '{}', 'model_not_found'],
    [200, '<html>', 'not_openai_shape'],
    [502, '<html>', 'upstream_unavailable'],
    [500, 'oops', 'upstream_unavailable'],
    [307, '', 'redirected'],
    [400, '{"message":null}', 'bad_request'],
  ])('%i %j without a name', (status, body, cause) => {
    expect(classify(status, {}, body).reason).toBe(cause);
  });
});

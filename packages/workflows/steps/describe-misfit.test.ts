import type { JsonSchema } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { describeMisfit } from './describe-misfit.ts';

const ticket: JsonSchema = {
  type: 'object',
  properties: {
    label: { enum: ['bug', 'wish'] },
    score: { type: 'integer', minimum: 1, maximum: 5 },
    tags: { type: 'array', items: { type: 'string', minLength: 2 }, maxItems: 2, uniqueItems: true },
    code: { type: 'string', pattern: '^[A-Z]{2}-\\d+$' },
    next: { $ref: '#/$defs/next' },
  },
  required: ['label'],
  additionalProperties: false,
  $defs: { next: { anyOf: [{ type: 'null' }, { $ref: '#' }] } },
};

describe('describeMisfit', () => {
  it.each([{ label: 'bug' }, { label: 'wish', score: 5, tags: ['aa', 'bb'], code: 'AB-12', next: { label: 'bug', next: null } }])(
    'takes %j',
    (value) => {
      expect(describeMisfit(ticket, value)).toBeNull();
    },
  );

  it.each([
    ['text', '$ must be object, and is string'],
    [{}, '$ lacks "label"'],
    [{ label: 'sk-secret' }, '$.label is not one of the values in enum'],
    [{ label: 'bug', score: 1.5 }, '$.score must be integer, and is number'],
    [{ label: 'bug', score: 6 }, '$.score must be at most 5'],
    [{ label: 'bug', tags: ['aa', 'b'] }, '$.tags[1] must have at least 2 characters'],
    [{ label: 'bug', tags: ['aa', 'aa'] }, '$.tags has the same item twice'],
    [{ label: 'bug', code: 'ab-12' }, '$.code does not match the pattern'],
    [{ label: 'bug', 'their words': 1 }, '$.(another name) must not be there'],
    [{ label: 'bug', next: { label: 'no' } }, '$.next fits none of the shapes in anyOf'],
  ])('names the first place of %j', (value, words) => {
    expect(describeMisfit(ticket, value)).toBe(words);
  });

  it('is not slowed down by a pattern that backtracks elsewhere', () => {
    const startedMs = performance.now();
    expect(describeMisfit({ pattern: '^(a+)+$' }, `${'a'.repeat(50_000)}!`)).toBe('$ does not match the pattern');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it('gives up on schemas that would take forever', () => {
    const levels = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => [
        `l${level}`,
        { allOf: [{ $ref: `#/$defs/l${level + 1}` }, { $ref: `#/$defs/l${level + 1}` }] },
      ]),
    );
    expect(describeMisfit({ $ref: '#/$defs/l0', $defs: { ...levels, l40: true } }, 1)).toMatch(/too much work/);
    expect(describeMisfit({ $ref: '#' }, 1)).toMatch(/too much work/);
  });

  it('says that a schema is none', () => {
    expect(describeMisfit({ type: 'text' }, 1)).toMatch(/^the schema is not valid, type must be one of string/);
  });
});

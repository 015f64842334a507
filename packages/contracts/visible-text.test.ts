import { expect, it } from 'vitest';
import { candidateResultSchema, candidateSchema, createDatasetBodySchema, datasetSchema } from './evaluations/index.ts';
import { line } from './fields.ts';
import { apiKeySchema, createApiKeyBodySchema } from './identity.ts';
import { modelSchema, updateModelBodySchema } from './models.ts';
import { withoutHidden } from './visible-text.ts';
import { createWorkflowBodySchema, workflowSchema } from './workflows/index.ts';

const name = line(120);
const faultOf = (text: string) => name.safeParse(text).error?.issues[0]?.message ?? null;
const invisible = 'Remove its invisible characters (zero-width, text direction or control characters)';

it.each([
  'GPT-4o (mini) — “fast”, 日本語モデル',
  'نموذج سريع',
  'می‌خواهم',
  'מודל מהיר v2',
  'क्‍ष और क्‌ष',
  'Team 👩‍💻 ❤️ 🏳️‍🌈 👍🏽',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣',
  '葛󠄀城',
  'e\u0301te\u0301',
  '…',
])('takes a name that can be seen: %s', (text) => {
  expect(name.parse(text)).toBe(text);
});

it.each([
  ['zero-width space', 'gpt\u200b-4o'],
  ['joiner that joins nothing', 'gpt\u200d-4o'],
  ['joiner between Latin letters', 'g\u200dpt'],
  ['joiner at an end', 'می\u200c'],
  ['left-to-right mark', 'gpt-4o\u200e'],
  ['embedding', '\u202agpt'],
  ['override', '\u202eo4-tpg'],
  ['isolate', '\u2066gpt\u2069'],
  ['word joiner', 'gpt\u2060-4o'],
  ['byte order mark inside', 'gpt\ufeff-4o'],
  ['soft hyphen', 'gpt\u00ad4o'],
  ['Arabic letter mark', 'gpt\u061c'],
  ['Hangul filler alone', '\u3164'],
  ['variation of a letter', 'a\ufe0f'],
  ['tags without a flag', 'a\u{e0061}\u{e007f}'],
  ['line separator', 'a\u2028b'],
  ['line feed', 'a\nb'],
  ['NUL', 'a\0b'],
  ['next line', 'a\u0085b'],
  ['half a character', 'a\ud800'],
])('takes no name with a %s', (_, text) => {
  expect(faultOf(text)).toBe(invisible);
});

it('takes no name of blanks and loose accents', () => {
  expect(faultOf('\u2800')).toBe('At least one visible character');
  expect(faultOf('\u0301')).toBe('At least one visible character');
  expect(faultOf(' \u00a0\ufeff ')).toBe('Required');
});

it('makes a name of the name of a file', () => {
  expect(withoutHidden('\u200ereport\u202e.csv')).toBe('report.csv');
  expect(withoutHidden('👩‍💻.csv')).toBe('👩‍💻.csv');
});

it('refuses such names where they are given, and shows those that were stored before', () => {
  const name = 'gpt\u200b-4o';
  const given = [
    createApiKeyBodySchema.shape.name,
    createDatasetBodySchema.shape.name,
    createWorkflowBodySchema.shape.name,
    updateModelBodySchema.shape.display_name,
    candidateSchema.shape.label,
  ];
  const shown = [
    apiKeySchema.shape.name,
    datasetSchema.shape.name,
    workflowSchema.shape.name,
    modelSchema.shape.display_name,
    candidateResultSchema.shape.label,
  ];
  expect(given.map((field) => field.safeParse(name).success)).toEqual(given.map(() => false));
  expect(shown.map((field) => field.safeParse(name).success)).toEqual(shown.map(() => true));
});

import type { InputField } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { previewCsv } from './preview-csv.ts';

const field = (name: string, required: boolean): InputField => ({ name, type: 'text', required, description: '' });
const fields = [field('ticket', true), field('note', false)];

it('reads quotes, line breaks in cells and a byte order mark', () => {
  const preview = previewCsv('\uFEFFticket,external_id,note\r\n"It ""broke"",\nagain",7,red\r\nplain,8,\r\n', fields);
  expect(preview).toEqual({
    headers: ['ticket', 'external_id', 'note'],
    rowCount: 2,
    rows: [
      ['It "broke",\nagain', '7', 'red'],
      ['plain', '8', ''],
    ],
    error: null,
  });
});

it.each([
  ['', 'The file is empty.'],
  ['ticket,colour\na,red', 'No input field is called colour.'],
  ['note\nx', 'The header lacks ticket.'],
  ['ticket,ticket\na,b', 'Two columns are called "ticket".'],
  ['ticket\n', 'There is no row under the header.'],
  [`ticket\n${'a\n'.repeat(5_001)}`, 'At most 5,000 rows at once; these are 5,001.'],
])('says what keeps %.20j from being taken', (text, error) => {
  expect(previewCsv(text, fields).error).toBe(error);
});

it('takes semicolons and tabs as well', () => {
  expect(previewCsv('ticket;note\n"a; b";c\n', fields)).toMatchObject({ rows: [['a; b', 'c']], error: null });
  expect(previewCsv('ticket\tnote\na\tb\n', fields)).toMatchObject({ rows: [['a', 'b']], error: null });
});

it('says that a broken file is none', () => {
  expect(previewCsv('ticket\n"open', fields).error).toMatch(/^Not a CSV/);
});

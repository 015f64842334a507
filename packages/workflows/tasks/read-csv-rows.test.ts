import type { InputField } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { refusal } from '../__fixtures__/refusal.ts';
import { readCsvRows } from './read-csv-rows.ts';

const field = (name: string, type: InputField['type'], required = false): InputField => ({ name, type, required, description: '' });
const fields = [
  field('ticket', 'text', true),
  field('age', 'number'),
  field('urgent', 'boolean'),
  field('meta', 'json'),
  field('photo', 'image'),
];
const read = (text: string) => readCsvRows(fields, new TextEncoder().encode(text));
const inputs = async (text: string) => (await read(text)).taken.map(({ input }) => input);

describe('readCsvRows', () => {
  it('reads cells as the types of their fields, whatever the order of the columns', async () => {
    const csv = 'age,ticket,urgent,meta,photo\n-1.5e2,"Say ""hello"",\nthen go",YES,"{""a"":[1]}",https://example.com/a.png\n,x,0,,\n';
    expect(await inputs(csv)).toEqual([
      { ticket: 'Say "hello",\nthen go', age: -150, urgent: true, meta: { a: [1] }, photo: 'https://example.com/a.png' },
      { ticket: 'x', urgent: false },
    ]);
  });

  it('takes a byte order mark, CRLF, empty lines, semicolons and tabs', async () => {
    expect(await inputs('\ufeffticket,age\r\n\r\nä😀,1\r\n\r\n')).toEqual([{ ticket: 'ä😀', age: 1 }]);
    expect(await inputs('ticket;age\n"a;b";2\n')).toEqual([{ ticket: 'a;b', age: 2 }]);
    expect(await inputs('ticket\tage\na,b\t3')).toEqual([{ ticket: 'a,b', age: 3 }]);
  });

  it('takes each line as a row, whichever way the lines end', async () => {
    const three = [{ ticket: 'a' }, { ticket: 'b\r\nb' }, { ticket: 'c' }];
    for (const ends of ['\r\n', '\n', '\r']) {
      for (const then of ['\r\n', '\n', '\r']) expect(await inputs(`ticket${ends}a${then}"b\r\nb"${ends}c${then}`)).toEqual(three);
    }
    const split = 'a'.repeat(65_528);
    expect(await inputs(`ticket\n${split}\r\nb\n`)).toEqual([{ ticket: split }, { ticket: 'b' }]);
  });

  it('keeps characters whole that lie across two pieces of the text', async () => {
    for (const before of [65_520, 65_521]) {
      const text = `${'a'.repeat(before)}${'😀'.repeat(20)}`;
      expect(await inputs(`ticket\n${text}\n`)).toEqual([{ ticket: text }]);
    }
  });

  it('names tasks by the column external_id, unless the input has such a field', async () => {
    expect((await read('external_id,ticket\n A-1 ,x\n,y\n')).taken.map(({ externalId }) => externalId)).toEqual(['A-1', null]);
    const own = await readCsvRows([field('external_id', 'text')], new TextEncoder().encode('external_id\nx\n'));
    expect(own.taken).toEqual([{ row: 1, externalId: null, input: { external_id: 'x' } }]);
  });

  it('names each bad row with what is wrong in it, and takes the others', async () => {
    const { taken, refused } = await read(
      'ticket,age,urgent,meta,photo\nok,1,true,1,\n,x,maybe,,ftp://x\nok\nok,,,{broken,\nok,,,"""\\u0000""",\nok,,,"""\\ud800""",\nok,1e999,,,\n',
    );
    expect(taken.map(({ row }) => row)).toEqual([1]);
    expect(refused).toEqual([
      {
        row: 2,
        message:
          'ticket: Required. age: Not a number. urgent: Neither true nor false. photo: Not an image: an https:// or data:image/… address.',
      },
      { row: 3, message: 'It has 1 cells, and the header has 5.' },
      { row: 4, message: 'meta: Not valid JSON.' },
      { row: 5, message: 'meta: No NUL characters.' },
      { row: 6, message: 'meta: Not valid text: half of a character is missing.' },
      { row: 7, message: 'age: Not a number.' },
    ]);
  });

  it('refuses cells nested deeper than can be kept, without falling over', async () => {
    const { refused } = await read(`ticket,meta\nx,${'['.repeat(100_000)}${']'.repeat(100_000)}\n`);
    expect(refused).toEqual([{ row: 1, message: 'meta: Nested deeper than 64 levels.' }]);
  });

  it.each([
    ['a column that is no field', 'ticket,agee\nx,1\n', 'agee', 'The input of the workflow has no such field'],
    ['a column that is missing', 'age\n1\n', 'ticket', 'This column is missing'],
    ['a column twice', 'ticket,ticket\nx,y\n', 'ticket', 'This column is there twice'],
    ['no rows', 'ticket\n', '', 'There is no row below the header'],
    ['nothing', '', '', 'There is no row below the header'],
    ['a quote that stays open', 'ticket\n"x\n', '', 'A quote that is opened in the CSV never closes.'],
    ['a quote in the wrong place', 'ticket\n"x"y\n', '', 'A quote is in the wrong place near line 2.'],
    ['too many rows', `ticket\n${'x\n'.repeat(5_001)}`, '', 'More than 5000 rows: send them in several files'],
  ])('refuses %s', async (_what, csv, wrong, message) => {
    const refused = await refusal(read(csv));
    expect(refused.code).toBe('invalid_request');
    expect(refused.fields).toContainEqual({ field: wrong, message });
  });

  it('refuses what is not UTF-8', async () => {
    const latin1 = Buffer.from('ticket\nKäse\n', 'latin1');
    expect((await refusal(readCsvRows(fields, latin1))).detail).toBe('The file is not UTF-8.');
  });
});

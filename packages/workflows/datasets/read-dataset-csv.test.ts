import { describe, expect, it } from 'vitest';
import { refusal } from '../__fixtures__/refusal.ts';
import { readDatasetCsv } from './read-dataset-csv.ts';

const read = (text: string) => readDatasetCsv(Buffer.from(text));

describe('a CSV as a dataset', () => {
  it('tells inputs from expected values, and leaves empty cells out', async () => {
    expect(await read('external_id,ticket,input.urgent,expected.label,expected\na-1,"It, broke",true,bug,7\n,Hello,,,\n')).toEqual([
      { external_id: 'a-1', input: { ticket: 'It, broke', urgent: 'true' }, expected: { label: 'bug', value: '7' } },
      { input: { ticket: 'Hello' }, expected: {} },
    ]);
  });

  it.each([
    ['ticket\n', /no row below the header/],
    ['expected.label\nbug\n', /no column with an input/],
    ['ticket,input.ticket\na,b\n', /there twice/],
    ['ticket,\na,b\n', /A name has letters/],
    ['__proto__.x\na\n', /A name has letters/],
    ['ticket,label\na\n', /1 cells, and the header has 2/],
  ])('refuses %j', async (text, words) => {
    expect(await refusal(read(text))).toMatchObject({ code: 'invalid_request', detail: expect.stringMatching(words) });
  });
});

import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { writeCsv } from './write-csv.ts';

describe('writeCsv', () => {
  it('is read back as what it was', () => {
    const records = [
      ['a', 'b,c', 'd"e'],
      ['two\r\nlines', ' spaces ', 'ä😀'],
    ];
    expect(parse(writeCsv(records), { bom: true })).toEqual(records);
  });

  it('writes no formula, however a model spells it; numbers stay numbers', () => {
    const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '="a,b"', -5, 'a=1', null, undefined, { a: 1 }];
    const [read] = parse(writeCsv([cells]), { bom: true }) as string[][];
    expect(read).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'\r=1", '\'="a,b"', '-5', 'a=1', '', '', '{"a":1}']);
  });
});

import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startOf } from '../__fixtures__/sample-calls.ts';
import { startColumns } from '../attempt-row.ts';
import { decodeLine, encodeLine } from './journal-line.ts';
import { readLines } from './read-lines.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function readAll(bytes: Buffer | string) {
  const file = path.join(folder, 'lines');
  await writeFile(file, bytes);
  const handle = await open(file, 'r');
  const lines: string[] = [];
  let offset = 0;
  try {
    for (let more = true; more; ) {
      const read = await readLines(handle, offset);
      lines.push(...read.lines.map(({ mark, json }) => mark + json));
      offset = read.nextOffset;
      more = read.more;
    }
  } finally {
    await handle.close();
  }
  return { lines, offset };
}

it('reads back what was written, any text included', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 50 })), async (texts) => {
      const jsons = texts.map((text) => JSON.stringify({ text }));
      const { lines } = await readAll(jsons.map((json) => encodeLine('E', json)).join(''));
      expect(lines).toEqual(jsons.map((json) => `E${json}`));
    }),
    { numRuns: 50 },
  );
});

it('leaves a torn tail alone, wherever it was torn', async () => {
  const first = encodeLine('S', '{"id":"a"}');
  const second = encodeLine('E', '{"id":"ü"}');
  const whole = Buffer.from(first + second);
  for (let end = first.length; end < whole.length; end += 1) {
    const { lines, offset } = await readAll(whole.subarray(0, end));
    expect(lines).toEqual(['S{"id":"a"}']);
    expect(offset).toBe(first.length);
  }
});

it('passes over damage in the middle', async () => {
  const torn = encodeLine('E', '{"id":"b"}').slice(0, 15);
  const zeros = '\0'.repeat(40);
  const { lines } = await readAll(`${encodeLine('S', '{"id":"a"}')}${torn}\n${zeros}\n${encodeLine('E', '{"id":"c"}')}`);
  expect(lines).toEqual(['S{"id":"a"}', 'E{"id":"c"}']);
});

it('goes on behind half a megabyte without a line', async () => {
  const { lines } = await readAll(`${'x'.repeat(600_000)}\n${encodeLine('E', '{"id":"c"}')}`);
  expect(lines).toEqual(['E{"id":"c"}']);
});

it('reads the line of a call whose caller has asked for more than anybody can read', async () => {
  const changes = Array.from({ length: 20_000 }, (_, index) => `field_${index}: dropped, ${'x'.repeat(1_000)}`);
  const { lines } = await readAll(encodeLine('E', `{${startColumns('a', new Date(), startOf('o', { changes }))}}`));
  expect(lines).toHaveLength(1);
  const told = (JSON.parse(lines[0]?.slice(1) ?? '') as { changes: string[] }).changes;
  expect([told.length, told[0]?.slice(0, 16), told.at(-1)]).toEqual([101, 'field_0: dropped', '… and 19,900 more']);
});

it('takes no line whose text was changed', () => {
  const line = encodeLine('E', '{"cost":"1"}').trimEnd();
  expect(decodeLine(line)).toEqual({ mark: 'E', json: '{"cost":"1"}' });
  expect(decodeLine(line.replace('"1"', '"2"'))).toBeNull();
  expect(decodeLine(line.replace('E', 'X'))).toBeNull();
});

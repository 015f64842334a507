import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTallies, CRASHED, closingLine, readPlaywrightReport, readVitestReport, tallyReport } from './tally.mjs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipelines-tally-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const vitest = (passed: number, failed: number) =>
  report({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 1, numTodoTests: 0 });

describe('a suite', () => {
  test('counts what its report says', () => {
    expect(tallyReport(vitest(5, 0), readVitestReport, 0)).toEqual({ passed: 5, failed: 0, skipped: 1 });
    expect(tallyReport(vitest(5, 2), readVitestReport, 1)).toEqual({ passed: 5, failed: 2, skipped: 1 });
  });

  test.each([1, null])('that ended with %s has failed, whatever its numbers', (exitCode) => {
    expect(tallyReport(vitest(5, 0), readVitestReport, exitCode).failed).toBe(1);
  });

  test('that ran nothing has failed', () => {
    expect(tallyReport(vitest(0, 0), readVitestReport, 0).failed).toBe(1);
  });

  test.each(['', '{', '{}', '[]'])('with the report %j has crashed', (content) => {
    expect(tallyReport(report(content), readVitestReport, 0)).toEqual(CRASHED);
  });

  test('without a report has crashed', () => {
    expect(tallyReport(join(folder, 'none.json'), readVitestReport, 0)).toEqual(CRASHED);
  });
});

test('a flaky journey and an error outside of any journey are failures', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
  expect(readPlaywrightReport({ stats, errors: [{}] })).toEqual({ passed: 3, failed: 3, skipped: 2 });
});

test('the closing line', () => {
  expect(
    closingLine(
      addTallies([
        { passed: 1, failed: 0, skipped: 0 },
        { passed: 2, failed: 0, skipped: 0 },
      ]),
    ),
  ).toBe('3 passed, 0 failed');
  expect(closingLine({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped');
});

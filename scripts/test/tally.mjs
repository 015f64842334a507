import { existsSync, readFileSync } from 'node:fs';

/** What a suite came to. @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** A suite that never got to report. @type {Tally} */
export const CRASHED = { passed: 0, failed: 1, skipped: 0 };

/** @param {Tally[]} tallies @returns {Tally} */
export function addTallies(tallies) {
  return tallies.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The closing line. A run without a single passed test is a failed one. @param {Tally} tally */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @typedef {(report: any) => Tally} ReportReader */

/** @type {ReportReader} */
export function readVitestReport({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/** A journey that passes only the second time counts as failed. @type {ReportReader} */
export function readPlaywrightReport({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** @type {ReportReader} */
export function readCheckReport({ passed, failed }) {
  return { passed, failed, skipped: 0 };
}

/**
 * Reads a suite's report, and believes its exit code as well: a suite that ended badly, ran nothing or
 * left no report has failed, whatever its numbers.
 * @param {string} file @param {ReportReader} read @param {number | null} exitCode null when it was ended
 * @returns {Tally}
 */
export function tallyReport(file, read, exitCode) {
  if (!existsSync(file)) return CRASHED;
  try {
    const tally = read(JSON.parse(readFileSync(file, 'utf8')));
    if (![tally.passed, tally.failed, tally.skipped].every(Number.isInteger)) return CRASHED;
    const endedBadly = exitCode !== 0 || tally.passed + tally.failed === 0;
    return endedBadly && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } catch {
    return CRASHED;
  }
}

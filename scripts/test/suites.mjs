import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from '../ensure-chromium.mjs';
import { fromRoot, listSourceFiles } from '../repository.mjs';
import { startExternalPostgres } from './external-postgres.mjs';
import { printErrorContexts } from './print-error-contexts.mjs';
import { runSuite } from './run-suite.mjs';
import { CRASHED, readCheckReport, readPlaywrightReport, readVitestReport, tallyReport } from './tally.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */
/** @typedef {(reportDir: string) => Promise<Tally>} Suite */

const PLAYWRIGHT_CONFIG = 'e2e/playwright.config.ts';

/** @param {string} reportFile @param {string[]} filters @param {Record<string, string>} [environment] */
async function runVitest(reportFile, filters, environment) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const exitCode = await runSuite([fromRoot('node_modules/vitest/vitest.mjs'), 'run', ...filters, ...reporters], environment);
  return tallyReport(reportFile, readVitestReport, exitCode);
}

/** Types, lint, walls and the other checks, each counted as a test. @type {Suite} */
async function check(reportDir) {
  const report = join(reportDir, 'check.json');
  const exitCode = await runSuite([fromRoot('scripts/check.mjs'), '--report', report]);
  return tallyReport(report, readCheckReport, exitCode);
}

/** @type {Suite} */
function unit(reportDir) {
  return runVitest(join(reportDir, 'unit.json'), ['--project', 'unit']);
}

/** The server's tests ask it for the page, and the journeys start the bundle. Nothing is built twice. */
async function isBuilt() {
  return (await runSuite([fromRoot('scripts/build.mjs')])) === 0;
}

/** On the PostgreSQL that the product brings along. @type {Suite} */
async function integration(reportDir) {
  if (!(await isBuilt())) return CRASHED;
  return runVitest(join(reportDir, 'integration.json'), ['--project', 'integration'], { TEST_DATABASE_URL: '' });
}

/** The same tests on a server that is only a URL; those of the embedded cluster itself are left out. @type {Suite} */
async function external(reportDir) {
  if (!(await isBuilt())) return CRASHED;
  const { url, stop } = await startExternalPostgres();
  try {
    return await runVitest(join(reportDir, 'external.json'), ['--project', 'integration'], { TEST_DATABASE_URL: url });
  } finally {
    await stop();
  }
}

/** Browser journeys through the built product. @type {Suite} */
async function journeys(reportDir) {
  if (!existsSync(fromRoot(PLAYWRIGHT_CONFIG))) {
    const specs = listSourceFiles().filter((file) => /^e2e\/.*\.spec\.ts$/.test(file));
    if (specs.length === 0) return { passed: 0, failed: 0, skipped: 0 };
    console.error(`There are ${specs.length} journeys, but no ${PLAYWRIGHT_CONFIG} to run them.`);
    return CRASHED;
  }
  if (!(await isBuilt())) return CRASHED;
  const report = join(reportDir, 'journeys.json');
  const exitCode = await runSuite(
    [fromRoot('node_modules/@playwright/test/cli.js'), 'test', '--config', PLAYWRIGHT_CONFIG, '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: report, CHROMIUM_PATH: await ensureChromium() },
  );
  if (exitCode !== 0) printErrorContexts(fromRoot('test-results'));
  return tallyReport(report, readPlaywrightReport, exitCode);
}

/** Every suite by the name that `npm test -- <name>` takes, in the order in which they run. @type {Record<string, Suite>} */
export const SUITES = { check, unit, integration, external, journeys };

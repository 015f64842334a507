/**
 * `npm test`: unit, integration (embedded, then external PostgreSQL), browser journeys. Name some of
 * them to run only those: `npm test -- unit journeys`; `check` is `npm run check`, counted along.
 * The last line is `N passed, N failed`, and the exit code is 1 if anything failed or nothing ran.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SUITES } from './test/suites.mjs';
import { addTallies, CRASHED, closingLine } from './test/tally.mjs';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(SUITES).join(', ')}.`);
  process.exit(2);
}
const selected = Object.entries(SUITES).filter(([name]) => (names.length > 0 ? names.includes(name) : name !== 'check'));

const reportDir = mkdtempSync(join(tmpdir(), 'pipelines-reports-'));
const tallies = [];
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (interrupted = true));

for (const [name, run] of selected) {
  console.log(`\n── ${name} ──`);
  const tally = await run(reportDir).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return CRASHED;
  });
  console.log(`${name}: ${closingLine(tally)}`);
  tallies.push(tally);
  if (interrupted) break;
}
rmSync(reportDir, { recursive: true, force: true });

const total = addTallies(tallies);
const succeeded = !interrupted && total.failed === 0 && total.passed > 0;
process.exitCode = succeeded ? 0 : 1;
console.log(`\n${closingLine(succeeded || total.failed > 0 ? total : { ...total, failed: 1 })}`);

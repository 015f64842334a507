/**
 * `npm run check`: types, lint, walls, dead code, sizes, names, documents. One line a check; exit 1 if any failed.
 * `--report FILE` writes how many passed and failed as JSON.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkDocuments } from './check/check-documents.mjs';
import { checkFileSizes, checkNames } from './check/check-files.mjs';
import { checkFirstLoads } from './check/check-first-loads.mjs';
import { checkWalls } from './check/check-walls.mjs';
import { runTool } from './check/run-tool.mjs';
import { fromRoot, listSourceFiles, ROOT } from './repository.mjs';

/** @typedef {{ passed: boolean, output: string }} Verdict */

const { values: options } = parseArgs({ options: { report: { type: 'string' } } });
const files = listSourceFiles();

/** @param {(root: string, files: string[]) => string[]} find @returns {() => Promise<Verdict>} */
const faultFinder = (find) => async () => {
  const faults = find(ROOT, files);
  return { passed: faults.length === 0, output: faults.join('\n') };
};

/** What a former run has found out is kept: the next one looks only at what has changed since. @param {string} name @param {string} project */
const checkTypes = (name, project) =>
  runTool('tsc', ['-p', project, '--incremental', '--tsBuildInfoFile', fromRoot(`node_modules/.cache/types-${name}.tsbuildinfo`)]);

/** @type {{ name: string, run: () => Promise<Verdict> }[]} */
const checks = [
  { name: 'walls', run: faultFinder(checkWalls) },
  { name: 'file sizes', run: faultFinder(checkFileSizes) },
  { name: 'names', run: faultFinder(checkNames) },
  { name: 'documents', run: faultFinder(checkDocuments) },
  { name: 'types: server side', run: () => checkTypes('server', 'tsconfig.json') },
  { name: 'types: page', run: () => checkTypes('page', 'apps/web/tsconfig.json') },
  { name: 'types: scripts', run: () => checkTypes('scripts', 'scripts/tsconfig.json') },
  {
    name: 'lint and format',
    run: () => runTool('biome', ['ci', '--colors=off', '--diagnostic-level=warn', '--error-on-warnings', '--max-diagnostics=50']),
  },
  { name: 'first load', run: checkFirstLoads },
  { name: 'dead code', run: () => runTool('knip', ['--no-progress']) },
];

const AT_A_TIME = 2;
let failed = 0;
const waiting = [...checks];

async function work() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const startedAt = performance.now();
    const { passed, output } = await check.run();
    if (!passed) failed += 1;
    console.log(`${passed ? 'ok  ' : 'FAIL'} ${check.name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    if (!passed) console.log(output.replace(/^/gm, '     '));
  }
}

await Promise.all(Array.from({ length: AT_A_TIME }, work));
if (options.report) writeFileSync(options.report, JSON.stringify({ passed: checks.length - failed, failed }));
console.log(failed === 0 ? `${checks.length} checks passed` : `${failed} of ${checks.length} checks failed`);
process.exitCode = failed === 0 ? 0 : 1;

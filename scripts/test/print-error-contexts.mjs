import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'error-context.md';
const MAX_CHARACTERS = 6_000;

/** What stood on the page when a journey failed, for whom reads only the output. @param {string} folder Playwright's output folder */
export function printErrorContexts(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name, FILE);
    if (existsSync(file)) console.log(`\n── ${name} ──\n${readFileSync(file, 'utf8').slice(0, MAX_CHARACTERS)}`);
  }
}

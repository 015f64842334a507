import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runCommand } from './cli/run-command.ts';
import { secretVariableNames } from './config/read-secret-files.ts';
import manifest from './package.json' with { type: 'json' };
import { keepNewObjectsYoung } from './start/keep-new-objects-young.ts';

keepNewObjectsYoung();

const environment = { ...process.env };
// A diagnostic report and every child process would carry them.
for (const name of secretVariableNames) delete process.env[name];

// The bundle is one folder deeper than the source.
const pageDirs = ['../web/dist', '../../web/dist'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
const pageDir = pageDirs.find((folder) => existsSync(folder)) ?? pageDirs[1] ?? '';

await runCommand(process.argv.slice(2), { environment, pageDir, version: manifest.version });

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromRoot } from '../repository.mjs';
import { checkDocuments } from './check-documents.mjs';
import { checkFileSizes, checkNames } from './check-files.mjs';
import { checkWalls } from './check-walls.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pipelines-house-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): string {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  return file;
}

test('walls are read from the files themselves', () => {
  const files = [write('packages/usage/a.ts', "import { x } from '@pipelines/gateway';"), write('README.md', 'import nothing')];
  expect(checkWalls(root, files)).toEqual(['packages/usage/a.ts:1 packages/usage must not know gateway']);
});

test('a file of more than 400 lines', () => {
  const files = [
    write('packages/usage/long.ts', 'a;\n'.repeat(401)),
    write('packages/usage/fits.ts', 'a;\n'.repeat(400)),
    write('packages/database/migrations/0001.sql', 'a;\n'.repeat(401)),
    write('package-lock.json', '1\n'.repeat(401)),
  ];
  expect(checkFileSizes(root, files)).toEqual([expect.stringContaining('packages/usage/long.ts has 401 lines')]);
});

test.each([
  'packages/usage/utils/a.ts',
  'packages/usage/helpers.ts',
  'apps/web/shared/b.tsx',
  'packages/core/index.ts',
  'a/common.test.ts',
])('an empty name: %s', (file) => {
  expect(checkNames(root, [file, 'packages/usage/score-board.ts'])).toHaveLength(1);
});

test('documents name only what exists', () => {
  write('packages/usage/index.ts', '');
  const document = write(
    'README.md',
    'See `packages/usage/index.ts`, `packages/*/index.ts`, `packages/<noun>/x.ts`, [usage](packages/usage) and `npm start`. Not `packages/gone/a.ts`, [b](docs/b.md), `apps/*/c.ts`.',
  );
  const faults = checkDocuments(root, [document, 'packages/usage/index.ts']);
  expect(faults.map((fault) => /names (\S+),/.exec(fault)?.[1]).sort()).toEqual(['apps/*/c.ts', 'docs/b.md', 'packages/gone/a.ts']);
});

describe('lint', () => {
  beforeEach(() => {
    cpSync(fromRoot('biome.json'), join(root, 'biome.json'));
    symlinkSync(fromRoot('node_modules'), join(root, 'node_modules'));
    execFileSync('git', ['init', '-q'], { cwd: root });
    write('.gitignore', 'node_modules\n');
  });

  /** The rules that Biome finds broken in the house. */
  function brokenRules(): string[] {
    const report = execFileSync(
      process.execPath,
      [fromRoot('node_modules/@biomejs/biome/bin/biome'), 'lint', '--reporter=json', '--max-diagnostics=none', '.'],
      { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, FORCE_COLOR: '0' } },
    );
    return readRules(report);
  }

  function readRules(report: string): string[] {
    const { diagnostics } = JSON.parse(report) as { diagnostics: { category: string; location: { path: string | { file: string } } }[] };
    const place = (path: string | { file: string }) => (typeof path === 'string' ? path : path.file);
    return diagnostics.map(({ category, location }) => `${place(location.path)} ${category.split('/').pop()}`).sort();
  }

  test('environment, connections and import cycles', () => {
    write('packages/usage/environment.ts', 'export const home = process.env.HOME;\n');
    write('packages/usage/connection.ts', "export const answer = fetch('https://x');\n");
    write('apps/server/socket.ts', "export const socket = new WebSocket('wss://x');\n");
    write('packages/usage/a.ts', "import type { B } from './b.ts';\n\nexport type A = B[];\n");
    write('packages/usage/b.ts', "import type { A } from './a.ts';\n\nexport type B = A[];\n");
    write('packages/usage/any.ts', 'export const anything = (value: any) => value;\n');
    write('apps/server/main.ts', 'export const home = process.env.HOME;\n');
    write('apps/web/api-client.ts', "export const answer = fetch('/api');\n");
    write('packages/usage/connection.test.ts', 'export const answer = fetch(process.env.URL);\n');
    let found: string[] = [];
    try {
      found = brokenRules();
    } catch (error) {
      found = readRules((error as { stdout: string }).stdout);
    }
    expect(found).toEqual([
      'apps/server/socket.ts noRestrictedGlobals',
      'packages/usage/a.ts noImportCycles',
      'packages/usage/any.ts noExplicitAny',
      'packages/usage/b.ts noImportCycles',
      'packages/usage/connection.ts noRestrictedGlobals',
      'packages/usage/environment.ts noProcessEnv',
    ]);
  });
});

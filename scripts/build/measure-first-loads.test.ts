import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { findHeavyPages } from '../check/check-first-loads.mjs';
import { measureFirstLoads } from './measure-first-loads.mjs';

const chunk = (fileName: string, imports: string[], module: string | null, isEntry = false) => ({
  type: 'chunk' as const,
  fileName,
  code: `// ${fileName}`,
  imports,
  isEntry,
  facadeModuleId: module && `/anywhere/apps/web/${module}`,
});
const output = [
  chunk('entry.js', ['react.js'], 'index.html', true),
  chunk('react.js', [], null),
  chunk('form.js', ['react.js', 'input.js'], null),
  chunk('input.js', ['form.js'], null),
  chunk('setup.js', ['form.js'], 'features/session/setup-page.tsx'),
  chunk('sign-in.js', ['entry.js'], 'features/session/sign-in-page.tsx'),
  chunk('shell.js', [], 'shell/shell.tsx'),
  chunk('models.js', ['input.js'], 'features/models/list/model-list-page.tsx'),
  chunk('builder.js', ['react.js'], 'features/workflows/builder/builder-route.tsx'),
  { type: 'asset' as const },
];
const bytesOf = (...files: string[]) => files.reduce((sum, file) => sum + gzipSync(`// ${file}`, { level: 9 }).length, 0);

test('a first load is the entry, the page, and all that these import, each once', () => {
  expect(measureFirstLoads(output)).toEqual([
    { page: 'setup', gzippedBytes: bytesOf('entry.js', 'react.js', 'setup.js', 'form.js', 'input.js') },
    { page: 'sign-in', gzippedBytes: bytesOf('entry.js', 'react.js', 'sign-in.js') },
    { page: 'models', gzippedBytes: bytesOf('entry.js', 'react.js', 'shell.js', 'models.js', 'input.js', 'form.js') },
  ]);
});

test('a page that is loaded by another module is an error, not a smaller number', () => {
  const moved = output.filter((file) => !('fileName' in file) || file.fileName !== 'shell.js');
  expect(() => measureFirstLoads(moved)).toThrow('The page "models" is not loaded by');
});

test('a page over the limit is named', () => {
  const faults = findHeavyPages([
    { page: 'sign-in', gzippedBytes: 180_000 },
    { page: 'models', gzippedBytes: 180_001 },
  ]);
  expect(faults).toEqual([expect.stringContaining('"models" is 180001 bytes')]);
});

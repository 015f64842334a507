import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestSources, isBuiltFrom, markBuiltFrom } from './source-digest.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipelines-build-'));
  writeFileSync(join(folder, 'a.ts'), 'one');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a changed, added or renamed source changes the digest', () => {
  const before = digestSources([folder]);
  writeFileSync(join(folder, 'a.ts'), 'two');
  const changed = digestSources([folder]);
  writeFileSync(join(folder, 'b.ts'), '');
  expect(new Set([before, changed, digestSources([folder])]).size).toBe(3);
});

test('dates, tests, outputs and missing folders do not', () => {
  const before = digestSources([folder]);
  utimesSync(join(folder, 'a.ts'), 1, 1);
  writeFileSync(join(folder, 'a.test.ts'), 'x');
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/main.js'), 'x');
  expect(digestSources([folder, join(folder, 'gone')])).toBe(before);
});

test('an output is taken for built only when its mark says so', () => {
  expect(isBuiltFrom(folder, 'digest')).toBe(false);
  markBuiltFrom(folder, 'digest');
  expect(isBuiltFrom(folder, 'digest')).toBe(true);
  expect(isBuiltFrom(folder, 'other')).toBe(false);
});

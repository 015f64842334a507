import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataDir, removeDataDir } from '../testing/embedded-data-dir.ts';
import { chooseOsUser } from './choose-os-user.ts';
import { locateBinaries } from './locate-binaries.ts';
import { prepareBinaries } from './prepare-binaries.ts';
import { runBinary } from './run-binary.ts';

const isRoot = process.getuid?.() === 0;
const user = chooseOsUser('/nonexistent');
let dir: string;
let native: string;

/** As npm unpacks it: without symlinks. */
beforeEach(() => {
  dir = makeDataDir();
  const installed = path.join(dir, 'private', 'package');
  native = path.join(installed, 'native');
  fs.mkdirSync(installed, { recursive: true });
  fs.copyFileSync(path.join(path.dirname(locateBinaries()), 'package.json'), path.join(installed, 'package.json'));
  fs.cpSync(locateBinaries(), native, { recursive: true, filter: (file) => !fs.lstatSync(file).isSymbolicLink() });
});
afterEach(() => {
  fs.chmodSync(path.join(dir, 'private'), 0o700);
  fs.chmodSync(path.join(native, 'lib'), 0o700);
  removeDataDir(dir);
});

describe('prepareBinaries', () => {
  it('runs them where they are, making the links that no install script has made', async () => {
    fs.chmodSync(path.join(dir, 'private'), 0o755);
    const { initdb } = await prepareBinaries(dir, user, native);
    expect(initdb).toBe(path.join(native, 'bin', 'initdb'));
  });

  it.runIf(isRoot)('copies them for a user who cannot enter the checkout, once', async () => {
    fs.chmodSync(path.join(dir, 'private'), 0o700);
    for (const part of ['.', 'bin', 'bin/postgres', 'lib', 'share']) fs.chmodSync(path.join(native, part), 0o700);
    const [one, two] = await Promise.all([prepareBinaries(dir, user, native), prepareBinaries(dir, user, native)]);
    expect(one).toEqual(two);
    expect(one.postgres).toMatch(/postgres-runtime-18[^/]*\/native\/bin\/postgres$/);
    expect((await runBinary(one.postgres, ['--version'], user, 5_000)).status).toBe(0);
    expect(fs.readdirSync(dir).filter((name) => name.startsWith('scratch-'))).toEqual([]);
  });

  it.runIf(!isRoot)('copies them from an install that is read-only and has no links', async () => {
    fs.chmodSync(path.join(native, 'lib'), 0o500);
    const { postgres } = await prepareBinaries(dir, user, native);
    expect(postgres).toContain('postgres-runtime-18');
  });

  it('says what to do when they do not run', async () => {
    fs.rmSync(path.join(native, 'bin'), { recursive: true });
    await expect(prepareBinaries(dir, user, native)).rejects.toMatchObject({
      code: 'BINARIES_NOT_RUNNABLE',
      message: expect.stringMatching(/noexec.*DATABASE_URL/),
    });
  });
});

import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataDir, removeDataDir } from '../testing/embedded-data-dir.ts';
import { canTraverse } from './can-traverse.ts';
import { chooseDataDir } from './choose-data-dir.ts';
import { clusterFiles } from './cluster-files.ts';

const isRoot = process.getuid?.() === 0;
let dir: string;
/** A folder that PostgreSQL could not use: closed to others for root, closed to us otherwise. */
let closed: string;

beforeEach(() => {
  dir = makeDataDir();
  closed = path.join(dir, 'closed');
  fs.mkdirSync(closed, { mode: isRoot ? 0o700 : 0o500 });
});
afterEach(() => {
  fs.chmodSync(closed, 0o700);
  removeDataDir(dir);
});

describe('chooseDataDir', () => {
  it('makes the first folder that serves, so that PostgreSQL can reach it and others cannot list it', () => {
    const wanted = path.join(dir, 'a', 'data');
    const umask = process.umask(0o077);
    expect(chooseDataDir([wanted, path.join(dir, 'second')])).toBe(wanted);
    process.umask(umask);
    expect(fs.statSync(path.dirname(wanted)).mode & 0o777).toBe(isRoot ? 0o711 : 0o700);
    expect(fs.readdirSync(wanted)).toEqual([]);
    expect(fs.existsSync(path.join(dir, 'second'))).toBe(false);
  });

  it('falls back when PostgreSQL could not get there', () => {
    const fallback = path.join(dir, 'fallback');
    expect(chooseDataDir([path.join(closed, 'a', 'data'), fallback])).toBe(fallback);
    fs.chmodSync(closed, 0o700);
    expect(fs.readdirSync(closed)).toEqual([]);
  });

  it('explains each folder when none serves', () => {
    const wanted = path.join(closed, 'data');
    expect(() => chooseDataDir([wanted])).toThrow(
      expect.objectContaining({ code: 'DATA_DIR_UNUSABLE', message: expect.stringMatching(new RegExp(`${wanted}: .*DATABASE_URL`)) }),
    );
  });

  it('never starts an empty database elsewhere when one is here but cannot be reached', () => {
    fs.chmodSync(closed, 0o700);
    fs.mkdirSync(clusterFiles(closed).root);
    if (!isRoot) fs.chmodSync(closed, 0o500);
    expect(() => chooseDataDir([closed, path.join(dir, 'fallback')])).toThrow(/No folder can hold/);
    expect(fs.existsSync(path.join(dir, 'fallback'))).toBe(false);
  });
});

describe('canTraverse', () => {
  it('looks at every folder on the way, with the bits that count for the user', () => {
    const inner = path.join(dir, 'closed', 'inner');
    fs.chmodSync(closed, 0o700);
    fs.mkdirSync(inner, { mode: 0o755 });
    const { uid, gid } = fs.statSync(closed);
    const stranger = { uid: uid + 1, gid: gid + 1 };
    expect(canTraverse(inner, stranger)).toBe(false);
    expect(canTraverse(inner, { uid, gid })).toBe(true);
    expect(canTraverse(inner, { uid: stranger.uid, gid })).toBe(false);
    fs.chmodSync(closed, 0o710);
    expect(canTraverse(inner, { uid: stranger.uid, gid })).toBe(true);
    fs.chmodSync(closed, 0o701);
    expect(canTraverse(inner, stranger)).toBe(true);
  });
});

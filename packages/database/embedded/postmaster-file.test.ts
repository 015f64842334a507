import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isProcessAlive } from './is-process-alive.ts';
import { readPostmaster } from './postmaster-file.ts';

let data: string;
let file: string;

beforeEach(() => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), 'pipelines-postmaster-'));
  file = path.join(data, 'postmaster.pid');
});
afterEach(() => fs.rmSync(data, { recursive: true }));

const write = (pid: number) => fs.writeFileSync(file, [pid, data, 1_700_000_000, 21_234, '', '127.0.0.1', '  1 2', 'ready   '].join('\n'));

/** A process whose command line looks like a server on `data`. */
async function spawnLookalike() {
  const child = spawn('sh', ['-c', 'echo ready; while :; do sleep 1; done', 'postgres', '-D', data], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('readPostmaster', () => {
  it('reads a live server', async () => {
    const child = await spawnLookalike();
    write(child.pid ?? 0);
    expect(readPostmaster(data)).toEqual({ pid: child.pid, port: 21_234, ready: true });
    child.kill('SIGKILL');
  });

  it('takes away the file of a process that is gone', async () => {
    const child = await spawnLookalike();
    child.kill('SIGKILL');
    await once(child, 'exit');
    write(child.pid ?? 0);
    expect(readPostmaster(data)).toBeNull();
    expect(fs.readdirSync(data)).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('takes away the file when the id belongs to somebody else by now', () => {
    write(process.pid);
    expect(readPostmaster(data)).toBeNull();
    expect(fs.readdirSync(data)).toEqual([]);
  });

  it('leaves a file alone that is just being written, but not one that a crash left empty', () => {
    fs.writeFileSync(file, '');
    expect(readPostmaster(data)).toBeNull();
    expect(fs.existsSync(file)).toBe(true);
    fs.utimesSync(file, new Date(0), new Date(0));
    expect(readPostmaster(data)).toBeNull();
    expect(fs.existsSync(file)).toBe(false);
  });

  it('is null without a file', () => {
    expect(readPostmaster(data)).toBeNull();
  });
});

describe('isProcessAlive', () => {
  it.runIf(process.platform === 'linux')('counts a zombie as dead', async () => {
    // The shell's child ends, and what the shell has become never asks for its status.
    const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [pid] = (await once(parent.stdout, 'data')).map(Number);
    await vi.waitFor(() => expect(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z'), 5_000);
    expect(isProcessAlive(pid ?? 0)).toBe(false);
    parent.kill('SIGKILL');
  });

  it('knows the living', () => {
    expect(isProcessAlive(process.pid)).toBe(true);
    expect(isProcessAlive(1)).toBe(true);
  });
});

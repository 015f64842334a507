import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ROOT } from './repository.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const STOP_TIMEOUT_MS = 45_000;

/**
 * Starts a Node program in a process group of its own: Ctrl+C reaches the parent alone, which then stops its children in order.
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, output?: 'pipe' | 'inherit' | number }} [options]
 * @returns {ChildProcess}
 */
export function startNode(args, { env = process.env, output = 'inherit' } = {}) {
  return spawn(process.execPath, args, { cwd: ROOT, env, detached: true, stdio: ['ignore', output, 'inherit', 'ipc'] });
}

/**
 * Resolves with the first line of output that `read` makes something of; rejects when the process ends before that.
 * @template T
 * @param {ChildProcess} child @param {(line: string) => T | undefined} read @param {string} name
 * @returns {Promise<T>}
 */
export function waitForLine(child, read, name) {
  return new Promise((resolve, reject) => {
    if (!child.stdout) throw new Error(`The output of ${name} is not readable.`);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with code ${code} before it was ready.`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const value = read(line);
      if (value !== undefined) resolve(value);
    });
  });
}

/** Asks a process to stop and waits until it has; one that does not listen is ended. @param {ChildProcess} child */
export async function stopProcess(child) {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

/** @param {ChildProcess} child */
export function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null;
}

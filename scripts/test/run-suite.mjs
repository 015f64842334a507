import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../repository.mjs';

const SUITE_TIMEOUT_MS = 15 * 60_000;
const STOP_TIMEOUT_MS = 10_000;

/**
 * Runs a Node program with its output on ours; a signal to us reaches it too, so that what it holds is let go. Resolves with its exit code; null if a signal ended it or it took too long.
 * @param {string[]} args @param {Record<string, string>} [environment]
 * @returns {Promise<number | null>}
 */
export async function runSuite(args, environment = {}) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', (code) => resolve(code)));
  const timer = setTimeout(async () => {
    console.error(`Stopped after ${SUITE_TIMEOUT_MS / 60_000} minutes.`);
    child.kill('SIGTERM');
    await sleep(STOP_TIMEOUT_MS);
    child.kill('SIGKILL');
  }, SUITE_TIMEOUT_MS);
  const passOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM']);
  for (const signal of signals) process.on(signal, passOn);
  const code = /** @type {number | null} */ (await ended);
  clearTimeout(timer);
  for (const signal of signals) process.off(signal, passOn);
  return code;
}

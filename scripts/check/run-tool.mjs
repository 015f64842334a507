import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { fromRoot, ROOT } from '../repository.mjs';

/**
 * Runs one of the installed tools. Resolves with what it printed; `passed` is its exit code 0.
 * @param {string} command @param {string[]} args
 * @returns {Promise<{ passed: boolean, output: string }>}
 */
export function runTool(command, args) {
  const PATH = `${fromRoot('node_modules/.bin')}${delimiter}${process.env.PATH}`;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, PATH }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ passed: code === 0, output: output.trim() }));
  });
}

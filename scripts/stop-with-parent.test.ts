import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { fromRoot } from './repository.mjs';

/** Waits, says its pid, and would go on for half a minute. */
const PROGRAM = `
  import { stopWithParent } from ${JSON.stringify(fromRoot('scripts/stop-with-parent.mjs'))};
  stopWithParent();
  setTimeout(() => {}, 30_000);
  console.log(process.pid);
`;

/** Starts the program the way npm does: under a shell that passes nothing on. Returns the shell and the program's pid. */
async function startUnderShell(env: NodeJS.ProcessEnv) {
  const shell = spawn('sh', ['-c', `"${process.execPath}" --input-type=module -e '${PROGRAM}'; true`], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: shell.stdout })) return { shell, pid: Number(line) };
  throw new Error('The program said nothing.');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function diesWithin(pid: number, timeoutMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < timeoutMs && isAlive(pid); waitedMs += 50) await sleep(50);
  return !isAlive(pid);
}

test('what npm started dies with npm', async () => {
  const { shell, pid } = await startUnderShell({ ...process.env, npm_lifecycle_event: 'start' });
  expect(await diesWithin(pid, 700)).toBe(false);
  shell.kill('SIGKILL');
  expect(await diesWithin(pid, 5_000)).toBe(true);
});

test('a signal keeps its meaning', async () => {
  const { pid } = await startUnderShell({ ...process.env, npm_lifecycle_event: 'start' });
  process.kill(pid, 'SIGTERM');
  expect(await diesWithin(pid, 5_000)).toBe(true);
});

test('what a person or a service manager started lives on without its parent', async () => {
  const env = { ...process.env };
  delete env.npm_lifecycle_event;
  const { shell, pid } = await startUnderShell(env);
  shell.kill('SIGKILL');
  expect(await diesWithin(pid, 1_500)).toBe(false);
  process.kill(pid, 'SIGTERM');
  expect(await diesWithin(pid, 5_000)).toBe(true);
});

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface SpawnedTinyLlm {
  /** The base URL for an OpenAI client. */
  readonly url: string;
  readonly apiKey: string;
  stop(): Promise<void>;
}

/** The real tiny model in a process of its own. `delayMs` is the pause after each token, so that an answer can be watched and stopped. */
export async function spawnTinyLlm({ delayMs = 0 }: { readonly delayMs?: number } = {}): Promise<SpawnedTinyLlm> {
  const apiKey = 'tiny-journey-key';
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/tiny-llm/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TINY_LLM_API_KEY: apiKey, TINY_LLM_DELAY_MS: String(delayMs) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readUrl(child);
  return { url, apiKey, stop: () => stopChild(child) };
}

function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The tiny model ended with code ${code} before it was ready.`)));
    if (child.stdout) createInterface(child.stdout).once('line', (line) => resolve((JSON.parse(line) as { url: string }).url));
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await ended;
}

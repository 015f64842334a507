import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface StartedDemo {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** Everything that it has printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/** `npm run demo`, once it has said where to click. */
export async function startDemo(dataDir: string): Promise<StartedDemo> {
  const child = spawn(process.execPath, ['scripts/demo.mjs', '--data-dir', dataDir], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        output += bytes.toString();
        if (output.includes('Ctrl+C stops it')) resolve();
      });
    }
    void ended.then(() => reject(new Error(`The demo ended before it was ready.\n${output}`)));
  });
  const told = (name: string) => new RegExp(`^ +${name} +(\\S+)$`, 'm').exec(output)?.[1] ?? '';
  return {
    url: told('Open'),
    email: told('Email'),
    password: told('Password'),
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

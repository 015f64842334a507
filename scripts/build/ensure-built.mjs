import { spawnSync } from 'node:child_process';
import { fromRoot } from '../repository.mjs';

/** Brings the build up to date in a process of its own, whose memory is given back before the product starts. */
export function ensureBuilt() {
  const { status } = spawnSync(process.execPath, [fromRoot('scripts/build.mjs')], { stdio: 'inherit', cwd: fromRoot('.') });
  if (status !== 0) process.exit(status ?? 1);
}

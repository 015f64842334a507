import { spawnSync } from 'node:child_process';
import os from 'node:os';

/** What the numbers were made on: the commit, and the kind of machine. */
export function describeMachine(): string {
  const commit = git('rev-parse', '--short', 'HEAD');
  const changed = git('status', '--porcelain') === '' ? '' : ', with changes';
  const cpu = os.cpus()[0]?.model ?? 'unknown CPU';
  return `Commit ${commit}${changed}. ${os.cpus().length} cores, ${cpu}, ${os.platform()}, Node ${process.versions.node}.`;
}

function git(...args: readonly string[]): string {
  return spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();
}

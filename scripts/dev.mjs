/** `npm run dev`: the server from its sources, restarted on every change, and the page with hot reload. Ctrl+C stops both. */
import { hasEnded, startNode, stopProcess } from './child-process.mjs';
import { fromRoot } from './repository.mjs';
import { stopWithParent } from './stop-with-parent.mjs';

const server = startNode([fromRoot('node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', 'apps/server/main.ts']);
const page = startNode([fromRoot('node_modules/vite/bin/vite.js'), 'dev', 'apps/web']);
const children = [server, page];

let stopping = false;
/** @param {number} exitCode */
async function stop(exitCode) {
  if (stopping) return;
  stopping = true;
  await Promise.all(children.map(stopProcess));
  process.exit(exitCode);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => stop(0));
for (const child of children) child.once('exit', () => stop(children.every(hasEnded) ? 0 : 1));
stopWithParent();

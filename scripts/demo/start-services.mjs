import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded, startNode, waitForLine } from '../child-process.mjs';

/** @typedef {import('./demo-settings.mjs').DemoSettings} DemoSettings */
/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const READY_TIMEOUT_MS = 120_000;
/** The demo is complete in itself: what would point the product elsewhere is not handed down. */
const NOT_HANDED_DOWN = ['DATABASE_URL', 'PUBLIC_URL', 'ENCRYPTION_KEYS', 'ENCRYPTION_KEYS_FILE', 'PROVIDER_BASE_URLS', 'ROLES'];

/** Starts the tiny model's server. @param {DemoSettings} settings @returns {{ child: ChildProcess, ready: Promise<string> }} `ready` is its base URL */
export function startTinyModel({ tinyKey, tinyPort }) {
  const env = { ...process.env, TINY_LLM_API_KEY: tinyKey, TINY_LLM_PORT: String(tinyPort) };
  const child = startNode(['--import', 'tsx', 'demo/tiny-llm/main.ts'], { env, output: 'pipe' });
  return { child, ready: waitForLine(child, readUrl, 'The tiny model') };
}

/** @param {string} line @returns {string | undefined} */
function readUrl(line) {
  return line.startsWith('{') ? JSON.parse(line).url : undefined;
}

/** Starts the product on the demo's own directory; its log goes to `server.log` there. @param {DemoSettings} settings @param {string} dataDir */
export function startProduct(settings, dataDir) {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_HANDED_DOWN.includes(name));
  const env = {
    ...Object.fromEntries(inherited),
    // So that the product does not outlive the demo, however that ends.
    npm_lifecycle_event: 'demo',
    HOST: '127.0.0.1',
    PORT: String(settings.port),
    DATA_DIR: dataDir,
    BOOTSTRAP_ADMIN_EMAIL: settings.email,
    BOOTSTRAP_ADMIN_PASSWORD: settings.password,
    BOOTSTRAP_API_KEY: settings.adminKey,
  };
  const log = openSync(join(dataDir, 'server.log'), 'a', 0o600);
  const child = startNode(['scripts/start.mjs'], { env, output: log });
  return { child, ready: waitUntilReady(child, `http://127.0.0.1:${settings.port}`) };
}

/** @param {ChildProcess} child @param {string} url @returns {Promise<string>} the same url */
async function waitUntilReady(child, url) {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (hasEnded(child)) throw new Error('The product stopped while starting; server.log in the demo directory says why.');
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok) return url;
    await sleep(100);
  }
  throw new Error(`The product was not ready within ${READY_TIMEOUT_MS / 1000} s; server.log in the demo directory says why.`);
}

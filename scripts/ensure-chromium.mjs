/** Finds a browser for the journeys in `e2e/`, or gets one. Prints its path when run by itself. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fromRoot } from './repository.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const APPLICATIONS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/**
 * The path of a Chromium: an installed one, else Debian's (as root), else Playwright's own download.
 * @returns {Promise<string>}
 * @throws when there is none and none can be had; the message says how to get one
 */
export async function ensureChromium() {
  const found = findInstalled() ?? installWithApt() ?? (await installWithPlaywright());
  if (found) return found;
  throw new Error(
    'No Chromium was found. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium), or set CHROMIUM_PATH to it.',
  );
}

function findInstalled() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const inPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const candidates = [process.env.CHROMIUM_PATH ?? '', ...inPath, ...APPLICATIONS];
  return candidates.find((path) => path !== '' && isExecutable(path)) ?? null;
}

function installWithApt() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return null;
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  return findInstalled();
}

async function installWithPlaywright() {
  const { chromium } = await import('@playwright/test');
  if (!existsSync(chromium.executablePath()))
    run(process.execPath, [fromRoot('node_modules/@playwright/test/cli.js'), 'install', 'chromium']);
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  console.error(`Getting a browser: ${[command, ...args].join(' ')}`);
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === import.meta.filename) {
  try {
    console.log(await ensureChromium());
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exit(1);
  }
}

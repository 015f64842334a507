import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/**
 * What one demo directory remembers, so that the next run finds the same product again.
 * @typedef {object} DemoSettings
 * @property {string} email of the admin
 * @property {string} password of the admin
 * @property {string} adminKey API key of the admin
 * @property {string | null} inferenceKey API key of the printed curl line
 * @property {string} tinyKey what the tiny model's server asks for
 * @property {number} tinyPort
 * @property {number} port of the product
 * @property {string | null} slug of the registered tiny model
 * @property {string | null} workflowId of the demo's pipeline
 */

const FILE = 'demo.json';
const PREFERRED_PORT = 8080;

/** Reads the directory's settings, or makes new ones with random secrets. Ports that are taken by now are chosen again. @param {string} dataDir @returns {Promise<DemoSettings>} */
export async function openDemoSettings(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, FILE);
  /** @type {DemoSettings} */
  const saved = existsSync(file) ? { ...inventSettings(), ...JSON.parse(readFileSync(file, 'utf8')) } : inventSettings();
  const settings = { ...saved, port: await keepOrChoosePort(saved.port), tinyPort: await keepOrChoosePort(saved.tinyPort) };
  saveDemoSettings(dataDir, settings);
  return settings;
}

/** @param {string} dataDir @param {DemoSettings} settings */
export function saveDemoSettings(dataDir, settings) {
  writeFileSync(join(dataDir, FILE), `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
}

/** @returns {DemoSettings} */
function inventSettings() {
  return {
    email: 'admin@example.com',
    password: randomBytes(12).toString('base64url'),
    adminKey: `ppl_${randomBytes(20).toString('hex')}`,
    inferenceKey: null,
    tinyKey: `tiny-${randomBytes(12).toString('hex')}`,
    tinyPort: 0,
    port: PREFERRED_PORT,
    slug: null,
    workflowId: null,
  };
}

/** @param {number} port @returns {Promise<number>} */
async function keepOrChoosePort(port) {
  return (await tryPort(port)) ?? (await tryPort(0)) ?? 0;
}

/** @param {number} port @returns {Promise<number | null>} */
function tryPort(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(null));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

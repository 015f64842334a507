/**
 * `npm run demo`: the product with a real chat model, without any key or network. Run it again and
 * everything is still there; Ctrl+C stops all of it.
 *
 *   --once            one call through the gateway, print the answer, stop, exit 0
 *   --data-dir PATH   default ./data/demo
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build/ensure-built.mjs';
import { stopProcess } from './child-process.mjs';
import { askOnce, curlLine, ensureInferenceKey } from './demo/call-model.mjs';
import { openDemoSettings, saveDemoSettings } from './demo/demo-settings.mjs';
import { makeTravelDesk, runTravelDesk } from './demo/open-travel-desk.mjs';
import { createProductApi } from './demo/product-api.mjs';
import { registerTinyModel } from './demo/register-tiny-model.mjs';
import { startProduct, startTinyModel } from './demo/start-services.mjs';
import { fromRoot } from './repository.mjs';
import { stopWithParent } from './stop-with-parent.mjs';

const { values: options } = parseArgs({ options: { once: { type: 'boolean', default: false }, 'data-dir': { type: 'string' } } });
const dataDir = resolve(options['data-dir'] ?? fromRoot('data/demo'));

/** @type {import('node:child_process').ChildProcess[]} */
const children = [];
let stopping = false;

/** @param {number} exitCode */
async function stop(exitCode) {
  if (stopping) return;
  stopping = true;
  for (const child of children.toReversed()) await stopProcess(child);
  process.exit(exitCode);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => stop(options.once ? 1 : 0));

stopWithParent();
try {
  ensureBuilt();
  await runDemo();
} catch (error) {
  if (!stopping) console.error(`The demo could not start. ${/** @type {Error} */ (error).message}`);
  await stop(1);
}

async function runDemo() {
  const settings = await openDemoSettings(dataDir);
  const tiny = startTinyModel(settings);
  const product = startProduct(settings, dataDir);
  children.push(tiny.child, product.child);
  const [baseUrl, url] = await Promise.all([tiny.ready, product.ready]);

  const api = createProductApi(url, settings.adminKey);
  const slug = await registerTinyModel(api, { baseUrl, apiKey: settings.tinyKey, slug: settings.slug });
  const inferenceKey = await ensureInferenceKey(api, url, settings.inferenceKey);
  saveDemoSettings(dataDir, { ...settings, slug, inferenceKey });
  const { question, answer } = await askOnce(url, inferenceKey, slug);

  if (options.once) {
    console.log(answer);
    return stop(0);
  }
  for (const child of children) child.once('exit', () => stop(1));
  const workflowId = await makeTravelDesk(api, slug, settings.workflowId);
  saveDemoSettings(dataDir, { ...settings, slug, inferenceKey, workflowId });
  const waiting = await runTravelDesk(api, workflowId);
  console.log(`
Pipelines is running with a real, very small chat model. Asked "${question}", it just answered "${answer}".

  Open      ${url}
  Email     ${settings.email}
  Password  ${settings.password}

  Pipelines › Travel desk has worked through two batches; ${waiting} of Tuesday's trips wait${waiting === 1 ? 's' : ''} for your review.
    Its batches      ${url}/workflows/${workflowId}/tasks
    What waits       ${url}/workflows/${workflowId}/tasks?state=in_progress
    How it is built  ${url}/workflows/${workflowId}
    Run, there, gives it more: a city such as Rome or Lima, and two digits. Another pipeline: Pipelines › New pipeline.
  Models › Tiny Chat › Playground: say "Hello", "Count to 6", "Repeat: tiger lemon" or "weather Paris".
  Models › Add custom model: provider "OpenAI-compatible", base URL ${baseUrl}, model tiny-chat, key ${settings.tinyKey}.
  Log: every call with its tokens, cost and latency.

  Or from a shell:
  ${curlLine(url, inferenceKey, slug)}

Everything is kept in ${dataDir}. Ctrl+C stops it.`);
}

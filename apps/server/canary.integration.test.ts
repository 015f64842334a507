import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '@pipelines/database';
import { createCredentialVault, loadEncryptionKeys } from '@pipelines/registry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Canary, makeSecret, watch } from './canary/testing/canaries.ts';
import { dumpDatabase } from './canary/testing/dump-database.ts';
import { type Exception, findLeaks, type Place } from './canary/testing/find-leaks.ts';
import { joinMembers } from './canary/testing/join-members.ts';
import { readFolder } from './canary/testing/read-folder.ts';
import { recordAnswers } from './canary/testing/record-answers.ts';
import { presentNonsense, sendNonsense } from './canary/testing/send-nonsense.ts';
import { type Providers, startProviders } from './canary/testing/start-providers.ts';
import { type Use, useProvider } from './canary/testing/use-provider.ts';
import { startToolServers, type ToolServers, useToolServer } from './canary/testing/use-tools.ts';
import { useWebhook } from './canary/testing/use-webhook.ts';
import { startWatchedPostgres, type WatchedPostgres } from './canary/testing/watched-postgres.ts';
import { registerModel } from './faults/testing/register-model.ts';
import { spawnProduct } from './faults/testing/spawn-product.ts';
import { waitUntil } from './faults/testing/wait-until.ts';
import { type ApiClient, createApiClient } from './testing/index.ts';

/** Found during the whole story, searched at its end. */
const canaries: Canary[] = [];
const exceptions: Exception[] = [];
const answers: Place[] = [];
const outputs: Place[] = [];
const uses: Use[] = [];
const databaseUrls: string[] = [];
let folder: string;
let postgres: WatchedPostgres;
let providers: Providers;
let toolServers: ToolServers;
/** How the tasks that used tools ended while all was well. */
const toolTasks: string[] = [];

const platformKey = makeSecret('or');
/** What a caller says while contents are not kept, and while they are. */
const prompts = { off: secret('prompt off'), on: `canary prompt on ${secret('prompt on')}` };
/** Answers that have shown the prompt of the call that was kept. */
let contentsRead = 0;
exceptions.push({ canary: 'prompt on', place: /^body of the answer to GET \/api\/attempts\/[0-9a-f-]+\/content \(200\)$/, times: 4 });
const keyFileName = 'encryption-keys.json';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'pipelines-canary-files-'));
  [postgres, providers, toolServers] = await Promise.all([startWatchedPostgres(), startProviders(), startToolServers()]);
  canaries.push(watch('database password', postgres.password), watch('OPENROUTER_API_KEY', platformKey));
  canaries.push(...providers.cases.flatMap((provider) => provider.canaries));
  canaries.push(...toolServers.servers.flatMap((server) => server.canaries));
  await liveThroughFirstStart();
  await liveThroughBootstrap();
  await failToStart();
}, 360_000);

afterAll(async () => {
  await providers?.close();
  await toolServers?.close();
  await postgres?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Setup by link, every provider in good days and bad, nonsense on every route, a diagnostic report, a stop in mid-stream. */
async function liveThroughFirstStart(): Promise<void> {
  const dataDir = path.join(folder, 'first');
  const url = await postgres.createDatabase();
  databaseUrls.push(url);
  const product = await spawnProduct({
    environment: {
      DATABASE_URL: url,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'debug',
      OPENROUTER_API_KEY: platformKey,
      PROVIDER_BASE_URLS: JSON.stringify(providers.baseUrls),
    },
    nodeOptions: ['--report-on-signal', `--report-directory=${path.join(folder)}`, '--report-filename=report.json'],
  });
  try {
    await product.ready();
    const setupToken = /#token=(\S+)/.exec(product.output)?.[1] ?? '';
    expect(setupToken.length).toBeGreaterThan(20);
    const joined = await joinMembers(product.url, setupToken, answers);
    canaries.push(...joined.canaries);
    exceptions.push(...joined.exceptions);
    expect(existsSync(path.join(dataDir, 'setup-link.txt'))).toBe(false);

    const program = await makeKey(joined.person, product.url, 'inference');
    await sayTo(program, prompts.off);
    expect((await joined.person.call('PATCH', '/api/settings', { body: { content_retention_days: 1 } })).status).toBe(200);
    await sayTo(program, prompts.on);
    for (const provider of providers.cases) {
      const admin = await makeKey(joined.person, product.url, 'admin');
      uses.push(await useProvider(provider, { admin, program, person: joined.person }));
    }
    await callPlatformModel(joined.person, program);
    await callTools(joined.person, product.url);
    await tellWebhook(await makeKey(joined.person, product.url, 'admin'));
    await readContents(await makeKey(joined.person, product.url, 'admin'));

    const admin = await makeKey(joined.person, product.url, 'admin');
    // What stands where a slug stands is looked for in the database, as every slug is.
    exceptions.push({ canary: 'secret in an address', place: /^PostgreSQL's log$/, times: Number.POSITIVE_INFINITY });
    await sendNonsense(admin, { inBody: secret('secret in a wrong field'), inAddress: secret('secret in an address') });
    await presentNonsense(recordAnswers(createApiClient(product.url), answers), secret('key of a stranger'));
    for (const page of [
      '/',
      '/api/openapi.json',
      '/api/docs',
      '/metrics',
      '/readyz',
      '/v1/models',
      '/api/settings',
      '/api/api-keys',
      '/api/usage',
    ]) {
      expect((await admin.call('GET', page)).status, page).toBe(200);
    }

    process.kill(product.pid, 'SIGUSR2');
    await waitUntil('diagnostic report', () => existsSync(path.join(folder, 'report.json')));
    // It may be cut off; what matters is what it, or the log, says then.
    const asked = program
      .call('POST', '/v1/chat/completions', {
        body: { model: uses[0]?.slug, messages: [{ role: 'user', content: 'Hi' }], stream: true },
      })
      .catch(() => undefined);
    expect((await product.end('SIGTERM')).code).toBe(0);
    await asked;
    await watchServerSecrets('first start', url, { json: null, file: path.join(dataDir, keyFileName) });
  } finally {
    await product.end('SIGKILL');
    outputs.push({ name: 'output of the first start', bytes: Buffer.from(product.output) });
  }
}

/** The operator's own secrets, all from the environment. */
async function liveThroughBootstrap(): Promise<void> {
  const url = await postgres.createDatabase();
  databaseUrls.push(url);
  const password = secret('BOOTSTRAP_ADMIN_PASSWORD');
  const apiKey = `ppl_${randomBytes(20).toString('hex')}`;
  const encryptionKey = randomBytes(32);
  canaries.push(watch('BOOTSTRAP_API_KEY', apiKey, 4), watch('ENCRYPTION_KEYS', encryptionKey));
  const keys = JSON.stringify([{ kid: 'k1', key: encryptionKey.toString('base64') }]);
  const product = await spawnProduct({
    environment: {
      DATABASE_URL: url,
      DATA_DIR: path.join(folder, 'second'),
      LOG_LEVEL: 'debug',
      ENCRYPTION_KEYS: keys,
      BOOTSTRAP_ADMIN_EMAIL: 'root@example.com',
      BOOTSTRAP_ADMIN_PASSWORD: password,
      BOOTSTRAP_API_KEY: apiKey,
    },
    nodeOptions: ['--report-on-signal', `--report-directory=${path.join(folder)}`, '--report-filename=second-report.json'],
  });
  try {
    await product.ready();
    const person = recordAnswers(createApiClient(product.url), answers);
    expect((await person.call('POST', '/api/session', { body: { email: 'root@example.com', password } })).status).toBe(201);
    const program = recordAnswers(createApiClient(product.url, apiKey), answers);
    for (const page of ['/api/models', '/api/api-keys', '/api/audit-log', '/v1/models', '/metrics']) {
      expect((await program.call('GET', page)).status, page).toBe(200);
    }
    process.kill(product.pid, 'SIGUSR2');
    await waitUntil('diagnostic report', () => existsSync(path.join(folder, 'second-report.json')));
    expect((await product.end('SIGTERM')).code).toBe(0);
    await watchServerSecrets('second start', url, { json: keys, file: '' });
  } finally {
    await product.end('SIGKILL');
    outputs.push({ name: 'output of the second start', bytes: Buffer.from(product.output) });
  }
}

/** A database that does not let us in, and settings that are wrong. */
async function failToStart(): Promise<void> {
  const wrong = new URL(databaseUrls[0] ?? '');
  wrong.password = `CNRY-wp-${randomBytes(16).toString('hex')}`;
  canaries.push(watch('wrong database password', wrong.password));
  const faulty: readonly Readonly<Record<string, string>>[] = [
    { DATABASE_URL: wrong.href },
    {
      DATABASE_URL: `mysql://${secret('password of mysql')}`,
      OPENROUTER_API_KEY: `${secret('broken OPENROUTER_API_KEY')} and more`,
      BOOTSTRAP_API_KEY: secret('broken BOOTSTRAP_API_KEY'),
      ENCRYPTION_KEYS: JSON.stringify([{ kid: 'k', key: secret('broken ENCRYPTION_KEYS') }]),
      PROVIDER_BASE_URLS: secret('broken PROVIDER_BASE_URLS'),
      PUBLIC_URL: `https://user:${randomBytes(4).toString('hex')}@x/${encodeURIComponent(secret('broken PUBLIC_URL'))}`,
    },
  ];
  for (const [index, environment] of faulty.entries()) {
    const product = await spawnProduct({ environment: { DATA_DIR: path.join(folder, `faulty-${index}`), ...environment } });
    expect((await product.ended).code).not.toBe(0);
    outputs.push({ name: `output of faulty start ${index + 1}`, bytes: Buffer.from(product.output) });
  }
}

async function makeKey(person: ApiClient, url: string, role: 'admin' | 'inference'): Promise<ApiClient> {
  const created = await person.call('POST', '/api/api-keys', { body: { name: `Key for ${role}`, role } });
  const { key } = created.json<{ key: string }>();
  const name = `API key ${canaries.length}`;
  canaries.push(watch(name, key, 4));
  exceptions.push({ canary: name, place: /^body of the answer to POST \/api\/api-keys \(201\)/, times: 1 });
  return recordAnswers(createApiClient(url, key), answers);
}

/** Words of a caller, sent to a platform model and repeated by nobody. */
async function sayTo(program: ApiClient, words: string): Promise<void> {
  const messages = [
    { role: 'system', content: words },
    { role: 'user', content: 'Hi' },
  ];
  const { status } = await program.call('POST', '/v1/chat/completions', { body: { model: 'openai/gpt-5.4', messages } });
  expect(status).toBe(200);
}

/** What is kept of the calls, through good days and bad: read by the one route that may tell it. */
async function readContents(admin: ApiClient): Promise<void> {
  for (const calls of ['limit=200', 'limit=200&slug=openai%2Fgpt-5.4']) {
    const { data } = (await admin.call('GET', `/api/attempts?${calls}`)).json<{ data: { id: string }[] }>();
    for (const { id } of data) {
      const answer = await admin.call('GET', `/api/attempts/${id}/content`);
      if (answer.text.includes('canary prompt on')) contentsRead += 1;
    }
  }
}

async function callPlatformModel(person: ApiClient, program: ApiClient): Promise<void> {
  const model = 'openai/gpt-5.4';
  const body = { model, messages: [{ role: 'user', content: 'Hi' }] };
  for (const mode of [null, 'status 401', 'error in 200', 'stream error'] as const) {
    providers.platformFront.echo(mode);
    const statuses = [
      (await program.call('POST', '/v1/chat/completions', { body })).status,
      (await program.call('POST', '/v1/chat/completions', { body: { ...body, stream: true } })).status,
    ];
    if (mode === null) expect(statuses).toEqual([200, 200]);
    await person.call('POST', `/api/models/${encodeURIComponent(model)}/connection-tests`, { body: {} });
  }
}

/** Tools of each kind, called by a step of a model that has Tool use. */
async function callTools(person: ApiClient, url: string): Promise<void> {
  const connection = providers.cases.find(({ name }) => name === 'openai-compatible')?.connection ?? {};
  const capabilities = { json_mode: false, vision: false, tool_use: true, reasoning: false };
  const caller = await registerModel(await makeKey(person, url, 'admin'), connection, { display_name: 'Tool caller', capabilities });
  for (const server of toolServers.servers) toolTasks.push(...(await useToolServer(server, caller, await makeKey(person, url, 'admin'))));
}

/** Its secret is made by the server, shown once and sent nowhere; what is sealed is its text, what signs are its bytes. */
async function tellWebhook(admin: ApiClient): Promise<void> {
  const [server] = toolServers.servers;
  if (server === undefined) throw new Error('There is nobody to tell.');
  const secret = await useWebhook(server.front, admin);
  const prefix = 'whsec_';
  canaries.push(watch('secret of a webhook', secret, prefix.length));
  canaries.push(watch('key of a webhook', Buffer.from(secret.slice(prefix.length), 'base64')));
  for (const canary of ['secret of a webhook', 'key of a webhook']) {
    exceptions.push({ canary, place: /^body of the answer to POST \/api\/webhooks \(201\)/, times: 1 });
  }
}

/** What the server has made for itself: read from its own rows, to be looked for everywhere else. */
async function watchServerSecrets(when: string, url: string, keys: { readonly json: string | null; readonly file: string }): Promise<void> {
  const log = () => undefined;
  const database = openDatabase({ url, poolSize: 1, log });
  try {
    const loaded = await loadEncryptionKeys({ database, ...keys, log });
    const vault = await createCredentialVault({ database, keys: loaded, log });
    canaries.push(watch(`encryption key of the ${when}`, Buffer.from(loaded.primary.bytes)));
    for (const name of ['api-key-pepper', 'fingerprint_root'])
      canaries.push(watch(`${name} of the ${when}`, await vault.serverSecret(name)));
  } finally {
    await database.close();
  }
}

function secret(name: string): string {
  const text = makeSecret(name.replace(/[^a-z]/gi, '').slice(0, 2));
  canaries.push(watch(name, text));
  return text;
}

/** Everything that anybody but the provider could read; the key file holds the key, as it must. */
async function collectPlaces(): Promise<Place[]> {
  const dumps = await Promise.all(databaseUrls.map(dumpDatabase));
  const files = readFolder(folder).filter(({ name }) => !name.endsWith(keyFileName));
  return [...answers, ...outputs, ...dumps.flat(), ...files, ...postgres.readLogs()];
}

describe('the story', () => {
  it('went well where it should, and failed for every kind of reason', () => {
    expect(uses).toHaveLength(providers.cases.length);
    for (const [index, { good }] of uses.entries()) expect(good, providers.cases[index]?.name).toEqual([200, 200, 200, 200, 200, 200]);
    const causes = new Set(uses.flatMap((use) => use.causes));
    for (const cause of [
      'bad_key',
      'model_not_found',
      'rate_limited',
      'redirected',
      'not_openai_shape',
      'upstream_unavailable',
      'connection_lost',
    ]) {
      expect(causes).toContain(cause);
    }
    expect(causes).not.toContain(null);
  });

  it.each([
    'fireworks',
    'together',
    'openai',
    'huggingface',
    'openai-compatible',
    'bedrock-iam',
    'bedrock-key',
    'anthropic',
    'google',
    'openrouter',
  ])('%s was sent its own secrets, and no other', (name) => {
    const provider = providers.cases.find((each) => each.name === name);
    const received = provider?.front.received ?? [];
    const found = canaries.filter((canary) => findLeaks([canary], received).length > 0).map((canary) => canary.name);
    const neighbours = providers.cases.filter(({ front }) => front.received === received);
    const wanted = new Set(neighbours.flatMap(({ sent }) => sent));
    if (name === 'openrouter') for (const sent of ['OPENROUTER_API_KEY', 'prompt off', 'prompt on']) wanted.add(sent);
    expect(found.filter((each) => !each.startsWith('session token in')).sort()).toEqual([...wanted].sort());
  });

  it('called tools with both secrets of each server', () => {
    expect(toolTasks).toEqual(Array(4).fill('finished succeeded'));
  });

  it.each([0, 1])('tool server %d was sent its own secrets, and no other', (index) => {
    const server = toolServers.servers[index];
    const received = server?.front.received ?? [];
    const found = canaries.filter((canary) => findLeaks([canary], received).length > 0).map((canary) => canary.name);
    expect(found.sort()).toEqual(server?.canaries.map((canary) => canary.name).sort());
  });

  it('showed the words of a caller to the one who may read them, where they are kept', () => {
    expect(contentsRead).toBeGreaterThan(0);
  });

  it('has filled every kind of place', async () => {
    const places = await collectPlaces();
    for (const kind of [
      /^headers of/,
      /^body of/,
      /^output of/,
      /^table .*credentials/,
      /^table .*attempts/,
      /^table .*attempt_contents/,
      /report\.json$/,
      /^PostgreSQL's log/,
      /^write-ahead/,
    ]) {
      expect(
        places.some(({ name, bytes }) => kind.test(name) && bytes.length > 100),
        String(kind),
      ).toBe(true);
    }
    expect(readdirSync(path.join(folder, 'first'))).toContain(keyFileName);
  });
});

describe('no secret is anywhere else', () => {
  it('in no answer, no line, no row, no file, no log', async () => {
    expect(findLeaks(canaries, await collectPlaces(), exceptions)).toEqual([]);
  });
});

describe('a leak would be seen', () => {
  it('in a row, in a statement, in a file, in an answer', async () => {
    const planted = makeSecret('pl');
    const database = openDatabase({ url: databaseUrls[0] ?? '', poolSize: 1, log: () => undefined });
    try {
      await database.pool.query('update organizations set name = $1', [Buffer.from(`key=${planted}`).toString('base64')]);
    } finally {
      await database.close();
    }
    const leaks = findLeaks([watch('planted', planted)], await collectPlaces()).map((leak) => leak.replace(/[0-9A-F]{24}$/, '…'));
    expect(leaks).toEqual(
      expect.arrayContaining([
        'planted (base64) in table public.organizations',
        "planted (base64) in PostgreSQL's log",
        'planted (base64) in write-ahead log …',
      ]),
    );
  });
});

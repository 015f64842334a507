import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiClient, createApiClient, startServer, type TestServer } from '../../testing/index.ts';

let database: TestDatabase;
let server: TestServer;
let browser: ApiClient;
const folder = mkdtempSync(path.join(tmpdir(), 'pipelines-page-'));

beforeAll(async () => {
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><meta nonce="STYLE_NONCE"><title>Page</title>');
  writeFileSync(path.join(folder, 'favicon.svg'), '<svg/>');
  writeFileSync(path.join(folder, 'assets/index-a1B2c3D4.js'), 'export {};'.repeat(100));
  writeFileSync(path.join(folder, 'assets/index-a1B2c3D4.js.map'), '{}');
  writeFileSync(path.join(folder, '.built-from'), 'x');
  database = await createTestDatabase();
  server = await startServer({ environment: { DATABASE_URL: database.url }, pageDir: folder, bootstrap: false });
  browser = createApiClient(server.url);
});

afterAll(async () => {
  await server?.stop();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('answers every view with the page, to be asked for again', async () => {
  for (const view of ['/', '/models', '/models/acme%2Fx/edit', '/models/openai%2Fgpt-5.4', '/setup?x=1']) {
    const answer = await browser.call('GET', view);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
    expect(answer.text).toContain('<title>Page');
  }
  const { headers } = await browser.call('GET', '/favicon.svg');
  expect((await browser.call('GET', '/favicon.svg', { headers: { 'if-none-match': headers.get('etag') ?? '' } })).status).toBe(304);
});

it('takes styles of the page’s own scripts by a nonce that each answer has anew', async () => {
  const nonces = [];
  for (const view of ['/', '/models', '/index.html']) {
    const { text, headers } = await browser.call('GET', view);
    const nonce = /<meta nonce="([0-9a-f]{32})">/.exec(text)?.[1];
    expect(headers.get('content-security-policy')).toContain(`; style-src 'self' 'nonce-${nonce}'`);
    expect(headers.get('etag')).toBeNull();
    nonces.push(nonce);
  }
  expect(new Set(nonces).size).toBe(3);
  expect((await browser.call('GET', '/favicon.svg')).headers.get('content-security-policy')).not.toContain('nonce');
});

it('lets hashed files be kept for ever, packed where the browser can', async () => {
  const answer = await browser.call('GET', '/assets/index-a1B2c3D4.js', { headers: { 'accept-encoding': 'gzip' } });
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(answer.text).toContain('export {};');
});

it('has nothing but the page', async () => {
  for (const file of [
    '/.built-from',
    '/assets/index-a1B2c3D4.js.map',
    '/assets/missing.js',
    '/../package.json',
    '/assets/..%2findex.html',
  ]) {
    expect((await browser.call('GET', file)).text, file).not.toMatch(/pipelines\/server|"x"/);
    expect([404, 200]).toContain((await browser.call('GET', file)).status);
  }
  expect((await browser.call('GET', '/assets/missing.js')).status).toBe(404);
  expect((await browser.call('GET', '/assets/index-a1B2c3D4.js.map')).status).toBe(404);
  expect((await browser.call('POST', '/models', { body: {} })).status).toBe(405);
});

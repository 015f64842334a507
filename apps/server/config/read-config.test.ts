import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { readConfig } from './read-config.ts';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('readConfig', () => {
  it('needs nothing', () => {
    const { config, secrets } = readConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, publicUrl: 'http://127.0.0.1:8080', mode: 'local', logLevel: 'info' });
    expect(config.dataDirs).toEqual(['./data', '/var/lib/pipelines']);
    expect([...config.roles]).toEqual(['gateway', 'api', 'worker']);
    expect(secrets).toMatchObject({ databaseUrl: null, platformKey: null, bootstrap: null, encryptionKeys: null });
  });

  it('speaks HTTP by its own client, or by undici where told so', () => {
    expect(readConfig({}).config.egressTransport).toBe('wire');
    expect(readConfig({ EGRESS_TRANSPORT: 'undici' }).config.egressTransport).toBe('undici');
  });

  it.each([
    ['127.0.0.1', 'local', 'http://127.0.0.1:8080'],
    ['127.9.9.9', 'local', 'http://127.9.9.9:8080'],
    ['::1', 'local', 'http://[::1]:8080'],
    ['localhost', 'local', 'http://localhost:8080'],
    ['0.0.0.0', 'server', 'http://localhost:8080'],
    ['::', 'server', 'http://localhost:8080'],
    ['10.0.0.5', 'server', 'http://10.0.0.5:8080'],
    ['localhost.evil.example', 'server', 'http://localhost.evil.example:8080'],
  ])('listening on %s is %s mode', (host, mode, publicUrl) => {
    expect(readConfig({ HOST: host }).config).toMatchObject({ mode, publicUrl });
  });

  it('tells every fault at once', () => {
    const faults = faultsOf({
      PORT: '70000',
      PUBLIC_URL: 'https://x.example/path',
      DATABASE_URL: 'mysql://x',
      EGRESS_ALLOW: '127.0.0.1:11434,http://x:1,169.254.169.254:80',
      PROVIDER_BASE_URLS: '{"nobody":"http://x","openrouter":"ftp://x"}',
      ROLES: 'gateway,king',
      LOG_LEVEL: 'loud',
      EGRESS_TRANSPORT: 'curl',
      TRUSTED_PROXIES: '10.0.0.0/33',
      BOOTSTRAP_ADMIN_EMAIL: 'x',
      BOOTSTRAP_API_KEY: 'ppl_short',
    });
    for (const name of [
      'PORT',
      'PUBLIC_URL',
      'DATABASE_URL',
      'ROLES',
      'LOG_LEVEL',
      'EGRESS_TRANSPORT',
      'TRUSTED_PROXIES',
      'BOOTSTRAP_ADMIN_EMAIL',
      'BOOTSTRAP_API_KEY',
    ]) {
      expect(faults.filter((fault) => fault.startsWith(name)).length, `${name}: ${faults.join('\n')}`).toBeGreaterThan(0);
    }
    expect(faults.filter((fault) => fault.startsWith('EGRESS_ALLOW'))).toHaveLength(2);
    expect(faults.filter((fault) => fault.startsWith('PROVIDER_BASE_URLS'))).toHaveLength(2);
    for (const fault of faults) expect(fault).toMatch(/\.$/);
  });

  it.each(['0', '-1', '1e3', '80a', '99999', ' '])('refuses the port %j or falls back for a blank', (port) => {
    if (port.trim() === '') expect(readConfig({ PORT: port }).config.port).toBe(8080);
    else expect(faultsOf({ PORT: port })).toEqual(['PORT must be a whole number from 1 to 65535.']);
  });

  it('never quotes a secret in a fault', () => {
    const faults = faultsOf({
      DATABASE_URL: 'hunter2-database',
      BOOTSTRAP_ADMIN_PASSWORD: 'hunter2',
      OPENROUTER_API_KEY: 'hunter2 key',
      BOOTSTRAP_API_KEY: 'hunter2',
    });
    expect(faults.length).toBeGreaterThanOrEqual(4);
    expect(faults.join()).not.toContain('hunter2');
  });

  it.each(['x', 'mysql://h/d', 'http://h', 'postgres://u:%zz@h/d'])('refuses %j as a database', (url) => {
    expect(faultsOf({ DATABASE_URL: url })).toEqual(['DATABASE_URL must be a postgres:// URL.']);
  });

  it('wants the bootstrap settings together', () => {
    expect(faultsOf({ BOOTSTRAP_ADMIN_EMAIL: 'a@example.com' })[0]).toContain('together');
    expect(faultsOf({ BOOTSTRAP_API_KEY: `ppl_${'0'.repeat(40)}` })[0]).toContain('BOOTSTRAP_ADMIN_EMAIL');
  });
});

describe('secrets', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pipelines-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('come from files too, but not from both', () => {
    const file = path.join(folder, 'key');
    writeFileSync(file, 'sk-or-v1-0123456789\n');
    const { secrets } = readConfig({ OPENROUTER_API_KEY_FILE: file });
    expect(secrets.platformKey?.expose()).toBe('sk-or-v1-0123456789');
    expect(secrets.texts).toContain('sk-or-v1-0123456789');
    expect(faultsOf({ OPENROUTER_API_KEY_FILE: file, OPENROUTER_API_KEY: 'x' })).toEqual([
      'OPENROUTER_API_KEY and OPENROUTER_API_KEY_FILE are both set: set one of them.',
    ]);
    expect(faultsOf({ DATABASE_URL_FILE: path.join(folder, 'missing') })[0]).toContain('cannot be read (ENOENT)');
  });

  it('do not show when the configuration is printed', () => {
    const { config, secrets } = readConfig({ OPENROUTER_API_KEY: 'sk-or-v1-0123456789', DATABASE_URL: 'postgres://u:hunter22@h/d' });
    expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toMatch(/sk-or|hunter22/);
    expect(inspect(secrets.platformKey)).toBe('[secret]');
    expect(secrets.texts).toContain('hunter22');
  });
});

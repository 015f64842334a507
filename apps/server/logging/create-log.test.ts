import type { LogEvent } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { createLog } from './create-log.ts';
import { createScrubber } from './create-scrubber.ts';

function record(secrets: readonly string[] = [], readable = false) {
  const lines: string[] = [];
  const log = createLog({ level: 'debug', readable, write: (line) => lines.push(line), secrets });
  return { log, lines };
}

describe('the log', () => {
  it('writes one JSON line an event', () => {
    const { log, lines } = record();
    log({ event: 'server_ready', url: 'http://127.0.0.1:8080', startMs: 12 });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', event: 'server_ready', url: 'http://127.0.0.1:8080', startMs: 12 });
  });

  it('drops what the event does not name, at any depth', () => {
    const { log, lines } = record();
    const leaky = {
      event: 'task_failed',
      task: 'x',
      api_key: 'hunter2',
      error: { name: 'Error', code: null, message: null, config: { headers: { authorization: 'hunter2' } }, cause: new Error('hunter2') },
    };
    log(leaky as unknown as LogEvent);
    expect(JSON.parse(lines[0] ?? '').error).toEqual({ name: 'Error', code: null, message: null });
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('is readable at a terminal', () => {
    const { log, lines } = record([], true);
    log({ event: 'migrations_applied', count: 3 });
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d info {2}migrations_applied count=3\n$/);
  });

  it('keeps quiet below its level', () => {
    const lines: string[] = [];
    createLog({ level: 'warn', readable: false, write: (line) => lines.push(line), secrets: [] })({
      event: 'migrations_applied',
      count: 1,
    });
    expect(lines).toEqual([]);
  });
});

describe('the scrubber', () => {
  const secret = 'Zm9v"bär/32-hex-0123456789abcdef';

  it.each([
    ['as it is', secret],
    ['JSON-escaped', JSON.stringify(secret)],
    ['URL-encoded', encodeURIComponent(secret)],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
  ])('takes out a secret in use %s', (_, text) => {
    const scrubbed = createScrubber([secret])(`before ${text} after`);
    expect(scrubbed).toContain('[secret]');
    expect(scrubbed).toMatch(/^before .* after$/);
    expect(scrubbed).not.toContain('0123456789abcdef');
  });

  it.each([
    `ppl_${'0f'.repeat(20)}`,
    'sk-proj-abcdefghijklmnop',
    'sk-or-v1-0123456789abcdef0123',
    'fw_3ZabcdefghijklmnopQ',
    'hf_abcdefghijklmnopqrst',
    'AKIAIOSFODNN7EXAMPLE',
    'ABSKQmVkcm9ja0FQSUtleS1hYmNk',
    'Bearer abcdefgh12345',
    '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
  ])('takes out the shape of %s', (text) => {
    expect(createScrubber([])(`x ${text} y`)).toBe('x [secret] y');
  });

  it('takes the password out of an address, and leaves plain lines alone', () => {
    expect(createScrubber([])('postgres://user:hunter2@host/db')).toBe('postgres://user:[secret]@host/db');
    const line = '{"level":"info","event":"server_ready","url":"http://127.0.0.1:8080","slug":"task-force-model-for-testing"}';
    expect(createScrubber(['short'])(line)).toBe(line);
  });
});

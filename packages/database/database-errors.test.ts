import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { databaseErrorCode, isDatabaseGone, isUniqueViolation } from './database-errors.ts';

const wrap = (cause: unknown) => new Error('Failed query: select $1', { cause });

function postgresError(code: string, constraint?: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('of PostgreSQL', 0, 'error'), { code, constraint });
}

describe('isDatabaseGone', () => {
  it.each(['57P01', '57P03', '53300', '57014'])('sees SQLSTATE %s through what wraps it', (code) => {
    expect(isDatabaseGone(wrap(postgresError(code)))).toBe(true);
  });

  it.each(['23505', '42601', '22P02', '40001'])('does not take %s for it', (code) => {
    expect(isDatabaseGone(wrap(postgresError(code)))).toBe(false);
  });

  it('knows errors of the network, and not those of files', () => {
    expect(isDatabaseGone(wrap(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })))).toBe(true);
    expect(isDatabaseGone(wrap(Object.assign(new Error('x'), { code: 'ENOENT' })))).toBe(false);
  });

  it('knows what the pool says of a server that does not answer', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const pool = new pg.Pool({ host: '127.0.0.1', port: (silent.address() as AddressInfo).port, connectionTimeoutMillis: 50 });
    const error: unknown = await pool.query('select 1').catch((reason: unknown) => reason);
    expect(isDatabaseGone(error)).toBe(true);
    await pool.end();
    silent.close();
  });

  it('is no answer to anything else', () => {
    for (const error of [null, undefined, 'timeout expired', new TypeError('x'), wrap(null)]) expect(isDatabaseGone(error)).toBe(false);
  });
});

describe('isUniqueViolation', () => {
  it('may ask for one constraint', () => {
    const error = wrap(postgresError('23505', 'members_email_key'));
    expect(databaseErrorCode(error)).toBe('23505');
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'members_email_key')).toBe(true);
    expect(isUniqueViolation(error, 'another_key')).toBe(false);
  });
});

import { expect, test } from 'vitest';
import { classifyNetworkError } from './classify-network-error.ts';
import { EgressError } from './egress-error.ts';

const coded = (code: string) => Object.assign(new Error(`CNRY ${code} 10.1.2.3`), { code });

test.each([
  ['ENOTFOUND', 'dns_failed', null],
  ['EAI_AGAIN', 'dns_failed', null],
  ['ECONNREFUSED', 'connection_refused', null],
  ['EHOSTUNREACH', 'connection_refused', 'unreachable'],
  ['ETIMEDOUT', 'timed_out', 'connect_timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timed_out', 'connect_timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timed_out', 'first_byte_timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timed_out', 'idle_timeout'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_failed', 'https_on_http_port'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls_failed', null],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_failed', 'certificate_untrusted'],
  ['CERT_CHAIN_TOO_LONG', 'tls_failed', 'certificate_untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_failed', 'self_signed'],
  ['UND_ERR_HEADERS_OVERFLOW', 'response_too_large', 'headers_too_large'],
  ['UND_ERR_SOCKET', 'connection_lost', null],
  ['ECONNRESET', 'connection_lost', null],
  ['EPIPE', 'connection_lost', null],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'connection_lost', null],
  ['UND_ERR_DESTROYED', 'canceled', 'shutting_down'],
  ['SOMETHING_NEW', 'connection_lost', null],
])('%s → %s %s', (code, cause, hint) => {
  const told = classifyNetworkError(coded(code), 'after_send');
  expect([told.cause, told.hint, told.phase]).toEqual([cause, hint, 'after_send']);
  expect(JSON.stringify({ ...told, message: told.message })).not.toMatch(/CNRY|10\.1\.2\.3/);
  expect(told.code).toBe(cause.toUpperCase());
});

test('looks into the attempts of a dual-stack connect and into causes', () => {
  expect(classifyNetworkError(new AggregateError([coded('EWHATEVER'), coded('ECONNREFUSED')]), 'before_send').cause).toBe(
    'connection_refused',
  );
  expect(classifyNetworkError(new TypeError('terminated', { cause: coded('UND_ERR_BODY_TIMEOUT') }), 'after_send').hint).toBe(
    'idle_timeout',
  );
});

test('survives things that are no errors, and cycles', () => {
  const circle = new Error('circle');
  circle.cause = circle;
  for (const thing of [null, undefined, 'text', 7, {}, circle])
    expect(classifyNetworkError(thing, 'after_send').cause).toBe('connection_lost');
});

test('keeps our own, and the phase of now', () => {
  const own = new EgressError('egress_blocked', 'before_send', 'plain_http');
  expect(classifyNetworkError(own, 'before_send')).toBe(own);
  expect(classifyNetworkError(own, 'after_send')).toMatchObject({ cause: 'egress_blocked', phase: 'after_send', hint: 'plain_http' });
});

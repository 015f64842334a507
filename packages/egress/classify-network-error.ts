import { errors } from 'undici';
import { type EgressCause, EgressError, type EgressHint, type EgressPhase } from './egress-error.ts';

type Classification = readonly [cause: EgressCause, hint: EgressHint | null];

/** Codes of Node, OpenSSL and undici → what we say. Everything else is `connection_lost`. */
const classifications = new Map<string, Classification>([
  ['ENOTFOUND', ['dns_failed', null]],
  ['EAI_AGAIN', ['dns_failed', null]],
  ['EAI_FAIL', ['dns_failed', null]],
  ['EAI_NODATA', ['dns_failed', null]],
  ['EAI_NONAME', ['dns_failed', null]],
  ['ENODATA', ['dns_failed', null]],
  ['ESERVFAIL', ['dns_failed', null]],
  ['ETIMEOUT', ['dns_failed', null]],

  ['ECONNREFUSED', ['connection_refused', null]],
  ['EHOSTUNREACH', ['connection_refused', 'unreachable']],
  ['ENETUNREACH', ['connection_refused', 'unreachable']],
  ['EHOSTDOWN', ['connection_refused', 'unreachable']],
  ['ENETDOWN', ['connection_refused', 'unreachable']],
  ['EADDRNOTAVAIL', ['connection_refused', 'unreachable']],
  ['EACCES', ['connection_refused', 'unreachable']],
  ['EPERM', ['connection_refused', 'unreachable']],

  ['ETIMEDOUT', ['timed_out', 'connect_timeout']],
  ['UND_ERR_CONNECT_TIMEOUT', ['timed_out', 'connect_timeout']],
  ['UND_ERR_HEADERS_TIMEOUT', ['timed_out', 'first_byte_timeout']],
  ['UND_ERR_BODY_TIMEOUT', ['timed_out', 'idle_timeout']],

  ['ERR_SSL_WRONG_VERSION_NUMBER', ['tls_failed', 'https_on_http_port']],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', ['tls_failed', 'https_on_http_port']],
  ['ERR_SSL_HTTP_REQUEST', ['tls_failed', 'https_on_http_port']],
  ['CERT_HAS_EXPIRED', ['tls_failed', 'certificate_expired']],
  ['CERT_NOT_YET_VALID', ['tls_failed', 'certificate_expired']],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', ['tls_failed', 'self_signed']],
  ['SELF_SIGNED_CERT_IN_CHAIN', ['tls_failed', 'self_signed']],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', ['tls_failed', 'certificate_untrusted']],
  ['UNABLE_TO_GET_ISSUER_CERT', ['tls_failed', 'certificate_untrusted']],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', ['tls_failed', 'certificate_untrusted']],
  ['CERT_UNTRUSTED', ['tls_failed', 'certificate_untrusted']],
  ['CERT_REVOKED', ['tls_failed', 'certificate_untrusted']],
  ['INVALID_CA', ['tls_failed', 'certificate_untrusted']],
  ['ERR_TLS_CERT_ALTNAME_INVALID', ['tls_failed', 'wrong_host']],
  ['EPROTO', ['tls_failed', null]],

  ['UND_ERR_HEADERS_OVERFLOW', ['response_too_large', 'headers_too_large']],
  ['UND_ERR_RES_EXCEEDED_MAX_SIZE', ['response_too_large', null]],
  ['UND_ERR_INVALID_ARG', ['bad_request', null]],
  ['UND_ERR_NOT_SUPPORTED', ['bad_request', null]],
  ['UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', ['bad_request', null]],
  ['UND_ERR_ABORTED', ['canceled', null]],
  ['UND_ERR_DESTROYED', ['canceled', 'shutting_down']],
  ['UND_ERR_CLOSED', ['canceled', 'shutting_down']],
]);

/** A TLS alert record: what a TLS server says to plain HTTP. */
const tlsAlert = '\u0015\u0003';

/** Turns any error of the network into ours. Reads codes, never messages; looks into `errors[]` of a dual-stack connect. */
export function classifyNetworkError(error: unknown, phase: EgressPhase): EgressError {
  if (error instanceof EgressError) return error.phase === phase ? error : new EgressError(error.cause, phase, error.hint);
  for (const candidate of flatten(error)) {
    const known = classify(candidate);
    if (known !== null) return new EgressError(known[0], phase, known[1]);
  }
  return new EgressError('connection_lost', phase);
}

function classify(error: object): Classification | null {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = classifications.get(code);
  if (known !== undefined) return known;
  if (/^ERR_(SSL|TLS)_/.test(code)) return ['tls_failed', null];
  // The many other results of OpenSSL's verification: a bad signature, a broken chain, a wrong purpose.
  if (/^(CERT|CRL|UNABLE_TO|ERROR_IN|INVALID_PURPOSE|PATH_LENGTH)_?/.test(code)) return ['tls_failed', 'certificate_untrusted'];
  // Told by its class: its code is not always set.
  if (error instanceof errors.HTTPParserError) return ['connection_lost', saidTlsAlert(error) ? 'plain_http_on_https_port' : 'not_http'];
  return null;
}

function saidTlsAlert(error: object): boolean {
  return 'data' in error && typeof error.data === 'string' && error.data.startsWith(tlsAlert);
}

/** The error, the attempts it sums up and what caused it, at most a few levels deep. */
function* flatten(error: unknown, depth = 0): Generator<object> {
  if (typeof error !== 'object' || error === null || depth > 3) return;
  yield error;
  if (error instanceof AggregateError) for (const inner of error.errors) yield* flatten(inner, depth + 1);
  if (error instanceof Error) yield* flatten(error.cause, depth + 1);
}

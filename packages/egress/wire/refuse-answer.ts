import { EgressError } from '../egress-error.ts';

/** A TLS alert record: what a TLS server says to plain HTTP. */
const tlsAlert = '\u0015\u0003';

/** Why these bytes, as latin1, are not the beginning of an answer. */
export function refuseAnswer(text: string): EgressError {
  return new EgressError('connection_lost', 'after_send', text.startsWith(tlsAlert) ? 'plain_http_on_https_port' : 'not_http');
}

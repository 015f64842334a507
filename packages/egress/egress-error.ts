import type { UpstreamCause } from '@pipelines/contracts';

/** The causes that a connection can have by itself, before anybody has read what the provider says. */
export type EgressCause = Extract<
  UpstreamCause,
  | 'egress_blocked'
  | 'dns_failed'
  | 'connection_refused'
  | 'tls_failed'
  | 'timed_out'
  | 'redirected'
  | 'connection_lost'
  | 'response_too_large'
  | 'not_openai_shape'
  | 'bad_request'
  | 'canceled'
>;

/** A word more about the cause: enough to say what to fix, too little to map somebody's network with. */
export type EgressHint =
  | 'bad_url'
  | 'plain_http'
  | 'address_not_allowed'
  | 'never_allowed'
  | 'unreachable'
  | 'plain_http_on_https_port'
  | 'https_on_http_port'
  | 'certificate_expired'
  | 'certificate_untrusted'
  | 'self_signed'
  | 'wrong_host'
  | 'connect_timeout'
  | 'first_byte_timeout'
  | 'idle_timeout'
  | 'total_timeout'
  | 'to_https'
  | 'not_http'
  | 'not_json'
  | 'headers_too_large'
  | 'unknown_encoding'
  | 'bad_encoding'
  | 'closed_without_answer'
  | 'host_header'
  | 'shutting_down';

/** `after_send`: bytes of the request may have reached the provider, so repeating it may repeat its effect and its price. */
export type EgressPhase = 'before_send' | 'after_send';

const sentences: Record<EgressCause, string> = {
  egress_blocked: 'This server does not connect to that address.',
  dns_failed: 'The host name could not be resolved.',
  connection_refused: 'The host did not accept the connection.',
  tls_failed: 'The TLS connection could not be trusted.',
  timed_out: 'The provider did not answer in time.',
  redirected: 'The provider answered with a redirect, which is never followed.',
  connection_lost: 'The connection ended before the answer was complete.',
  response_too_large: 'The answer is larger than allowed.',
  not_openai_shape: 'The answer is not of the expected form.',
  bad_request: 'The request cannot be sent as it is.',
  canceled: 'The call was canceled.',
};

/**
 * Why a call outward failed, in our words only: no address, no host, no text of the other side.
 * `cause` is from the closed list of contracts; `hint` is null when nothing more is known.
 */
export class EgressError extends Error {
  override readonly name = 'EgressError';
  override readonly cause: EgressCause;
  readonly phase: EgressPhase;
  readonly hint: EgressHint | null;
  /** The cause as a log-safe code, such as `TLS_FAILED`. */
  readonly code: string;

  constructor(cause: EgressCause, phase: EgressPhase, hint: EgressHint | null = null) {
    super(sentences[cause]);
    this.cause = cause;
    this.phase = phase;
    this.hint = hint;
    this.code = cause.toUpperCase();
  }
}

import { type ErrorCode, PipelinesError, type PipelinesErrorOptions, type UpstreamCause } from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';
import type { AttemptFailure, TimeoutName } from './attempts/attempt-failure.ts';

interface CauseWords {
  readonly code: ErrorCode;
  /** Completes "The model "x" …". */
  readonly says: string;
  readonly fix: string;
  readonly status?: number;
}

const editModel = 'Edit the model on its page and test it there; the page names what to correct.';
const tryLater = 'Try again in a moment, or use another model.';

/** What a caller is told of each cause: our words, never the provider's. */
const causeWords: Readonly<Record<UpstreamCause, CauseWords>> = {
  bad_key: {
    code: 'upstream_error',
    says: 'could not be called: its provider rejected the stored credential.',
    fix: "Enter a valid credential on the model's page.",
  },
  expired_key: {
    code: 'upstream_error',
    says: 'could not be called: the stored credential has expired.',
    fix: "Enter a new credential on the model's page.",
  },
  wrong_region: { code: 'upstream_error', says: 'could not be called: the credential belongs to another region.', fix: editModel },
  needs_inference_profile: { code: 'upstream_error', says: 'can be called only by an inference profile.', fix: editModel },
  model_not_found: { code: 'upstream_error', says: 'is not known to its provider by this ID.', fix: editModel },
  no_access: {
    code: 'upstream_error',
    says: 'could not be called: the stored credential has no access to it.',
    fix: 'Ask for access at the provider, or use another credential.',
  },
  endpoint_paused: {
    code: 'upstream_error',
    says: 'could not be called: its endpoint is paused.',
    fix: 'Resume the endpoint at the provider.',
  },
  endpoint_starting: { code: 'upstream_error', says: 'is just starting at its provider.', fix: 'Try again in a minute.', status: 503 },
  quota_exhausted: {
    code: 'upstream_error',
    says: "could not be called: the provider account's credit or quota is used up.",
    fix: 'Top up the account at the provider, or use another model.',
  },
  rate_limited: {
    code: 'rate_limited',
    says: 'gets too many requests at its provider.',
    fix: 'Wait for the time in Retry-After, then try again.',
  },
  not_chat_model: { code: 'upstream_error', says: 'is not a chat model at its provider.', fix: editModel },
  feature_unsupported: {
    code: 'unsupported_parameter',
    says: 'cannot do what this request asks for, its provider says.',
    fix: 'Remove the parameter, or use another model.',
  },
  context_too_long: {
    code: 'context_length_exceeded',
    says: 'cannot hold a request of this length.',
    fix: 'Shorten the messages or ask for fewer tokens, or use a model with a larger context.',
  },
  content_blocked: {
    code: 'content_blocked',
    says: "was not allowed to answer by its provider's content filter.",
    fix: 'Change the messages, or use another model.',
  },
  bad_request: {
    code: 'invalid_request',
    says: 'got a request that its provider calls invalid.',
    fix: 'Check the parameters of the request against what the provider documents.',
  },
  not_openai_shape: { code: 'upstream_error', says: 'did not answer in the form of its protocol.', fix: editModel },
  egress_blocked: {
    code: 'egress_blocked',
    says: 'is at an address that this server does not connect to.',
    fix: 'The operator can allow it with EGRESS_ALLOW.',
    status: 502,
  },
  dns_failed: { code: 'upstream_error', says: 'is at a host name that cannot be resolved.', fix: editModel },
  connection_refused: {
    code: 'upstream_error',
    says: 'is at a host that does not accept connections.',
    fix: 'See that the endpoint runs, then try again.',
  },
  tls_failed: { code: 'upstream_error', says: 'is at a host whose TLS certificate cannot be trusted.', fix: editModel },
  timed_out: { code: 'upstream_timeout', says: 'did not answer in time.', fix: tryLater },
  redirected: { code: 'upstream_error', says: 'answered with a redirect, which is never followed.', fix: editModel },
  connection_lost: { code: 'upstream_error', says: 'broke off before its answer was complete.', fix: tryLater },
  response_too_large: { code: 'upstream_error', says: 'sent an answer that is larger than allowed.', fix: 'Ask for a shorter answer.' },
  upstream_unavailable: { code: 'upstream_error', says: 'is not available at its provider right now.', fix: tryLater },
  canceled: { code: 'unavailable', says: 'was interrupted, because this server is stopping.', fix: 'Send the request again.' },
};

const raiseLimit = "Try again, use another model, or raise the time limit on the model's page.";

/** Which of the model's time limits has ended the call. */
const timeoutWords: Readonly<Record<TimeoutName, Pick<CauseWords, 'says' | 'fix'>>> = {
  connect: { says: 'could not be connected to in time.', fix: tryLater },
  first_byte: { says: 'did not begin to answer in time.', fix: raiseLimit },
  idle: { says: 'fell silent before its answer was complete.', fix: raiseLimit },
  total: { says: 'took longer to answer than a call may.', fix: raiseLimit },
};

/** What passes by itself, more often than not. */
const transientCauses: ReadonlySet<UpstreamCause> = new Set([
  'rate_limited',
  'endpoint_starting',
  'upstream_unavailable',
  'timed_out',
  'connection_lost',
  'connection_refused',
  'dns_failed',
]);

/** A failed attempt as the caller is told of it. */
export function mapUpstreamError(failure: AttemptFailure, model: Pick<ResolvedModel, 'slug'>): PipelinesError {
  const words = causeWords[failure.cause];
  const { code, says, fix, status } = failure.timeout === null ? words : { ...words, ...timeoutWords[failure.timeout] };
  const options: PipelinesErrorOptions = {
    detail: `The model "${model.slug}" ${says}`,
    fix,
    transient: transientCauses.has(failure.cause),
    ...(status !== undefined && { status }),
    ...(failure.retryAfterSeconds !== null && { retryAfterSeconds: failure.retryAfterSeconds }),
    ...(failure.cause === 'context_too_long' && { param: 'messages' }),
  };
  return new PipelinesError(code, options);
}

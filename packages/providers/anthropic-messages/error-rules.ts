import type { ErrorRule } from '../match-error-rule.ts';

const invalid = /^invalid_request_error$/;

/** What Anthropic says when it refuses: the type of the error, then its words. The first row that holds wins. */
export const errorRules: readonly ErrorRule[] = [
  { code: /^authentication_error$/, message: /expired/i, cause: 'expired_key' },
  { code: /^authentication_error$/, message: /oauth/i, cause: 'bad_key', detail: 'kind_of_key' },
  { code: /^authentication_error$/, cause: 'bad_key' },

  // Money may come as a request that is wrong.
  { code: /^billing_error$/, cause: 'quota_exhausted' },
  { message: /credit balance is too low/i, cause: 'quota_exhausted', detail: 'no_credit' },
  { message: /reached your specified (?:api )?usage limits|spend limit/i, cause: 'quota_exhausted', detail: 'spend_limit' },
  { message: /organization has been disabled/i, cause: 'quota_exhausted', detail: 'account_suspended' },
  { code: /^organization_on_hold$/, cause: 'quota_exhausted', detail: 'account_suspended' },

  { code: /^permission_error$/, message: /country|region|territor/i, cause: 'no_access', detail: 'country' },
  { code: /^permission_error$/, cause: 'no_access' },
  { code: /^not_found_error$/, cause: 'model_not_found' },
  { status: [404, 405], cause: 'not_openai_shape', detail: 'path' },

  { code: /^request_too_large$/, cause: 'context_too_long' },
  { code: /^rate_limit_error$/, cause: 'rate_limited' },
  { code: /^timeout_error$/, cause: 'timed_out' },
  { code: /^overloaded_error$/, cause: 'upstream_unavailable', detail: 'overloaded' },
  { status: [529], cause: 'upstream_unavailable', detail: 'overloaded' },
  { code: /^api_error$/, cause: 'upstream_unavailable' },

  { code: invalid, message: /content filtering policy/i, cause: 'content_blocked' },
  {
    code: invalid,
    message: /thinking\.type\.enabled|budget_tokens.{0,60}not support/i,
    cause: 'feature_unsupported',
    detail: 'thinking_budget',
  },
  {
    code: invalid,
    message: /adaptive thinking is not|thinking\.type\.adaptive.{0,40}not support|effort.{0,60}not support|not support.{0,40}effort/i,
    cause: 'feature_unsupported',
    detail: 'thinking_effort',
  },
  { code: invalid, message: /thinking.{0,80}not support|not support.{0,80}thinking/i, cause: 'feature_unsupported', detail: 'reasoning' },
  {
    code: invalid,
    message: /(?:temperature|top_p|top_k)\W.{0,80}(?:deprecated|not support|cannot both|only be set)/i,
    cause: 'bad_request',
    detail: 'samplers',
  },
  { code: invalid, message: /prefill|must end with a user message/i, cause: 'bad_request', detail: 'prefill' },
  { code: invalid, message: /max_tokens: \d+ > \d+/i, cause: 'bad_request', detail: 'answer_limit' },
  {
    code: invalid,
    message:
      /(?:output_config|output_format|structured output).{0,80}not support|not support.{0,80}(?:output_config|output_format|structured output)/i,
    cause: 'feature_unsupported',
    detail: 'json_mode',
  },
  { code: invalid, message: /output_config\.format|output_format\.schema|schema is too complex/i, cause: 'bad_request', detail: 'schema' },
  {
    code: invalid,
    message: /could not process image|image (?:exceeds|dimensions|does not match)|unable to download|image\.source/i,
    cause: 'bad_request',
    detail: 'image',
  },
  { code: invalid, message: /images?\b.{0,60}not support|not support.{0,60}images?\b/i, cause: 'feature_unsupported', detail: 'images' },
  {
    code: invalid,
    message: /tools?\b.{0,60}not support(?!ed.{0,10}schema)|not support.{0,60}tools?\b/i,
    cause: 'feature_unsupported',
    detail: 'tools',
  },
];

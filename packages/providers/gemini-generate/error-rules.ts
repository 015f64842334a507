import type { ErrorRule } from '../match-error-rule.ts';

const invalid = /^invalid_argument$/;
const lacking = "(?:not|n't|un)[ -]?(?:support|enabl|allow|available)";

/** A feature that a model lacks: Google says which, and that it is not enabled or supported. */
function lacks(feature: string, detail: string): ErrorRule {
  return {
    code: invalid,
    message: new RegExp(`(?:${feature})[^\\n]{0,80}${lacking}|${lacking}[^\\n]{0,80}(?:${feature})`, 'i'),
    cause: 'feature_unsupported',
    detail,
  };
}

/** What Gemini says when it refuses: its status and reason in lower case, then its words. The first row that holds wins. */
export const errorRules: readonly ErrorRule[] = [
  // A wrong key is a wrong argument there, not a 401.
  { message: /api key expired/i, cause: 'expired_key' },
  { message: /reported as leaked/i, cause: 'bad_key', detail: 'leaked' },
  { code: /^api_key_(?:service|http_referrer|ip_address|android_app|ios_app)_blocked$/, cause: 'no_access', detail: 'key_restrictions' },
  { code: /^api_key_invalid$/, cause: 'bad_key' },
  { message: /api key not (?:valid|found)|pass a valid api key/i, cause: 'bad_key' },
  { message: /unregistered callers/i, cause: 'bad_key' },
  { code: /^access_token_type_unsupported$/, cause: 'bad_key', detail: 'kind_of_key' },
  { code: /^unauthenticated$/, cause: 'bad_key' },

  { code: /^service_disabled$/, cause: 'no_access', detail: 'api_disabled' },
  { message: /has not been used in project|it is disabled/i, cause: 'no_access', detail: 'api_disabled' },
  { message: /user location is not supported/i, cause: 'no_access', detail: 'country' },
  { code: /^(?:billing_disabled|consumer_suspended)$/, cause: 'quota_exhausted', detail: 'account_suspended' },
  { code: /^failed_precondition$/, message: /billing|free tier/i, cause: 'quota_exhausted', detail: 'no_credit' },
  { code: /^permission_denied$/, cause: 'no_access' },

  // Money and days before pace: all of them are 429.
  {
    code: /^resource_exhausted$/,
    message: /credits? (?:are|is|have been) depleted|prepay|billing account/i,
    cause: 'quota_exhausted',
    detail: 'no_credit',
  },
  { code: /^resource_exhausted$/, message: /limit: 0\b/i, cause: 'quota_exhausted', detail: 'no_free_tier' },
  { code: /^resource_exhausted$/, message: /per ?day/i, cause: 'quota_exhausted', detail: 'daily_requests' },
  { code: /^resource_exhausted$/, cause: 'rate_limited' },

  {
    message: /not supported for (?:stream)?generatecontent|does not support generatecontent|embedding/i,
    status: [400],
    cause: 'not_chat_model',
  },
  { code: /^not_found$/, message: /no longer available|deprecated|retired|shut down/i, cause: 'model_not_found', detail: 'retired' },
  { code: /^not_found$/, cause: 'model_not_found' },
  { status: [404, 405], cause: 'not_openai_shape', detail: 'path' },

  { code: invalid, message: /thought_signature|thought signature/i, cause: 'bad_request', detail: 'thought_signature' },
  { code: invalid, message: /function calling with a response mime type/i, cause: 'feature_unsupported', detail: 'json_with_tools' },
  {
    code: invalid,
    message: /budget \d+ is (?:invalid|not valid|out of range)|thinking budget.{0,80}(?:invalid|between|range)/i,
    cause: 'bad_request',
    detail: 'thinking_budget',
  },
  lacks('thinking level|thinking_level', 'thinking_effort'),
  lacks('thinking', 'reasoning'),
  lacks('function calling|tool use|tools?\\b', 'tools'),
  lacks('developer instruction|system instruction', 'system_message'),
  lacks('json mode|response_?(?:json_?)?schema|response_?mime_?type|structured output', 'json_mode'),
  {
    code: invalid,
    message: /unable to process input image|unsupported mime type|provided image is not valid/i,
    cause: 'bad_request',
    detail: 'image',
  },
  lacks('image', 'images'),
  { code: invalid, message: /response_?(?:json_?)?schema|schema produces a constraint/i, cause: 'bad_request', detail: 'schema' },
  { code: invalid, message: /max_?output_?tokens/i, cause: 'bad_request', detail: 'answer_limit' },
  { code: invalid, message: /function call.{0,60}turn|function response parts/i, cause: 'bad_request', detail: 'tool_turns' },

  { code: /^unavailable$/, cause: 'upstream_unavailable', detail: 'overloaded' },
  { code: /^deadline_exceeded$/, cause: 'timed_out' },
  { code: /^internal$/, cause: 'upstream_unavailable' },
];

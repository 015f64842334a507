import type { ErrorRule } from '../match-error-rule.ts';

const clientErrors = [400, 404, 405, 415, 422, 501];

/**
 * What the servers of this wire say when they refuse, one row a signal; the first that holds wins,
 * so the exact ones come first. Statuses without a row fall to `statusRules`.
 */
export const errorRules: readonly ErrorRule[] = [
  // Access and keys. LiteLLM answers 401 for a good key that may not use a model.
  { code: /^key_model_access_denied$|^team_model_access_denied$/, cause: 'no_access', detail: 'key_limited' },
  { code: /^unsupported_country/, cause: 'no_access', detail: 'country' },
  { code: /^(?:expired_api_key|token_expired|expired_key|expired_token)$/, cause: 'expired_key' },
  { status: [401, 403], message: /(?:key|token).{0,30}\bexpired|expired.{0,10}(?:key|token)/i, cause: 'expired_key' },
  { code: /^(?:invalid_api_key|token_not_found_in_db|api_key_invalid)$/, cause: 'bad_key' },
  { status: [400, 403], message: /api[_ ]key.{0,20}(?:not valid|invalid)|invalid api[_ ]key/i, cause: 'bad_key' },
  { status: [401], cause: 'bad_key' },

  // Money before pace: both may come as 429.
  { code: /^(?:insufficient_quota|billing_hard_limit_reached|payment_required|billing_error|budget_exceeded)$/, cause: 'quota_exhausted' },
  { code: /^openrouter_in_flight_budget$/, cause: 'rate_limited' },
  { code: /^(?:openrouter_credits|openrouter_key_limit)$/, cause: 'quota_exhausted' },
  { status: [412], message: /lora|adapter/i, cause: 'upstream_unavailable', detail: 'adapter' },
  { status: [412], cause: 'quota_exhausted', detail: 'account_suspended' },
  { status: [402], cause: 'quota_exhausted' },
  {
    status: [400, 403, 429],
    message: /budget has been exceeded|exceeded your current quota|credit balance is too low|insufficient (?:credit|balance|fund)/i,
    cause: 'quota_exhausted',
  },
  { status: [429], cause: 'rate_limited' },
  { code: /^rate_limit_(?:exceeded|error)$/, cause: 'rate_limited' },

  // Endpoints that are not awake.
  { code: /^(?:dedicated_endpoint_not_running|model_not_available)$/, cause: 'endpoint_paused', detail: 'dedicated_endpoint' },
  { message: /non-serverless model/i, cause: 'endpoint_paused', detail: 'dedicated_endpoint' },
  { status: [400, 409, 503], message: /\bpaused\b|invalid state/i, cause: 'endpoint_paused' },
  {
    status: [500, 502, 503],
    message:
      /scaled to zero|still (?:loading|starting|initializing)|currently loading|^loading model|is (?:loading|starting|initializing|waking)/i,
    cause: 'endpoint_starting',
  },

  // Content.
  { code: /^(?:context_length_exceeded|exceed_context_size_error|string_above_max_length)$/, cause: 'context_too_long' },
  { status: [413], cause: 'context_too_long' },
  { code: /^(?:content_policy_violation|content_filter|moderation)/, cause: 'content_blocked' },
  { status: [400, 403], message: /content (?:management )?policy|was flagged|flagged by|moderation/i, cause: 'content_blocked' },

  // What the model is not.
  {
    status: clientErrors,
    message:
      /not a chat model|(?:not|n't) support chat|(?:only|not) supported in (?:the )?v1\/|chat[_ ]template|embedding model|not support (?:the )?\/?v1\/chat/i,
    cause: 'not_chat_model',
  },
  { status: clientErrors, message: /guardrail restrictions|data policy/i, cause: 'no_access', detail: 'privacy_settings' },
  { status: clientErrors, message: /max_tokens.{0,80}max_completion_tokens/i, cause: 'bad_request', detail: 'max_tokens' },
  ...featureRules('tools', 'tool[_ -]?(?:use|call|choice)|tools?\\b|function[_ -]call'),
  { status: clientErrors, message: /is not a multimodal model/i, cause: 'feature_unsupported', detail: 'images' },
  ...featureRules('images', 'images?\\b|image_url|vision|multi-?modal'),
  ...featureRules('json_mode', 'response_format|json[_ -](?:schema|mode|object)|structured[_ -]output|grammar'),
  ...featureRules('reasoning', 'reasoning|thinking'),
  ...featureRules('system_message', 'system (?:message|role|prompt)|role .{0,4}(?:system|developer)'),

  // Which model it is.
  { status: [404], message: /try pulling/i, cause: 'model_not_found', detail: 'pull' },
  { code: /^(?:model_not_found|notfounderror)$/, cause: 'model_not_found' },
  {
    status: [400, 404],
    message:
      /model.{0,200}(?:does not exist|not found)|not a valid model|invalid model name|no endpoints found for|unable to access model|try pulling/i,
    cause: 'model_not_found',
  },
  { status: [403], cause: 'no_access' },
  { code: /^(?:permission_denied|permission_error)$/, cause: 'no_access' },
];

/** A feature is missing only where the sentence says both: what, and that it is not there. */
function featureRules(detail: string, feature: string): ErrorRule[] {
  const lacking = "(?:not|n't|un)[ -]?(?:be )?(?:support|available|allow|enabl|recogni|implement)|requires --|no endpoints found that";
  return [
    {
      status: clientErrors,
      message: new RegExp(
        `(?:${lacking})[^\\n]{0,200}(?:${feature})|(?:${feature})[^\\n]{0,200}(?:${lacking})|(?:${feature})[^\\n]{0,40}requires --`,
        'i',
      ),
      cause: 'feature_unsupported',
      detail,
    },
  ];
}

/** What a status means where no row above says more. */
export const statusRules: readonly ErrorRule[] = [
  { status: [300, 301, 302, 303, 304, 305, 307, 308], cause: 'redirected' },
  { status: [408, 504, 524], cause: 'timed_out' },
  { status: [405], cause: 'not_openai_shape', detail: 'path' },
];

import type { ErrorRule } from '../match-error-rule.ts';

/** What Bedrock says when it refuses: the exception's name in lower case, then its words. The first row that holds wins. */
export const errorRules: readonly ErrorRule[] = [
  { code: /^unrecognizedclientexception$|^invalidclienttokenid$/, cause: 'bad_key', detail: 'access_key_id' },
  { code: /^invalidsignatureexception$/, message: /scoped to a valid region/i, cause: 'wrong_region' },
  { code: /^invalidsignatureexception$/, message: /signature (?:expired|not yet current)/i, cause: 'bad_key', detail: 'clock' },
  { code: /^invalidsignatureexception$|^incompletesignature/, cause: 'bad_key', detail: 'secret_access_key' },
  { code: /^expiredtoken/, cause: 'expired_key', detail: 'session_token' },
  { code: /^missingauthenticationtoken/, cause: 'bad_key' },
  { code: /^accessdenied/, message: /(?:token|key).{0,20}expired/i, cause: 'expired_key', detail: 'api_key' },
  {
    code: /^accessdenied/,
    message: /api key is valid|authentication failed|bearer token|invalid api key/i,
    cause: 'bad_key',
    detail: 'api_key',
  },
  { code: /^accessdenied/, message: /service control policy/i, cause: 'no_access', detail: 'organization_policy' },
  { message: /aws-marketplace/i, cause: 'no_access', detail: 'marketplace' },
  { message: /use case details|use-case form/i, cause: 'no_access', detail: 'use_case_form' },
  { code: /^accessdenied/, message: /not authorized to perform/i, cause: 'no_access', detail: 'iam_action' },
  { code: /^accessdenied/, cause: 'no_access', detail: 'model_access' },

  { code: /^validation/, message: /on-demand throughput isn.t supported/i, cause: 'needs_inference_profile' },
  { code: /^validation/, message: /model identifier is invalid|model.{0,40}not found/i, cause: 'model_not_found' },
  {
    code: /^validation/,
    message: /(?:not|n't) support.{0,20}count(?:ing)?.{0,3}tokens/i,
    cause: 'feature_unsupported',
    detail: 'counting',
  },
  {
    code: /^validation/,
    message: /(?:not|n't) support.{0,60}converse|converse.{0,60}(?:not|n't|un)[ -]?support|unsupported model|not a chat model/i,
    cause: 'not_chat_model',
  },
  { code: /^validation/, message: /operation not allowed/i, cause: 'no_access', detail: 'model_access' },
  {
    code: /^validation/,
    message: /(?:not|n't|un)[ -]?support.{0,80}tool|tool.{0,80}(?:not|n't|un)[ -]?support/i,
    cause: 'feature_unsupported',
    detail: 'tools',
  },
  {
    code: /^validation/,
    message: /(?:not|n't|un)[ -]?support.{0,80}image|image.{0,80}(?:not|n't|un)[ -]?support/i,
    cause: 'feature_unsupported',
    detail: 'images',
  },
  {
    code: /^validation/,
    message:
      /(?:not|n't|un)[ -]?support.{0,80}(?:outputconfig|json schema|structured)|(?:outputconfig|json schema|structured).{0,80}(?:not|n't|un)[ -]?support/i,
    cause: 'feature_unsupported',
    detail: 'json_mode',
  },
  {
    code: /^validation/,
    message:
      /(?:not|n't|un)[ -]?support.{0,80}(?:reasoning|thinking)|(?:reasoning|thinking).{0,80}(?:not|n't|un)[ -]?(?:support|permitted)/i,
    cause: 'feature_unsupported',
    detail: 'reasoning',
  },
  {
    code: /^validation/,
    message: /(?:not|n't|un)[ -]?support.{0,80}system|system.{0,80}(?:not|n't|un)[ -]?support/i,
    cause: 'feature_unsupported',
    detail: 'system_message',
  },
  { code: /^validation/, cause: 'bad_request' },
  { code: /^resourcenotfound/, cause: 'model_not_found' },

  { code: /^throttling|^toomanyrequests/, message: /per day|daily/i, cause: 'quota_exhausted', detail: 'daily_tokens' },
  { code: /^throttling|^toomanyrequests/, cause: 'rate_limited' },
  { code: /^servicequotaexceeded/, cause: 'quota_exhausted' },
  { code: /^modelnotready/, cause: 'endpoint_starting' },
  { code: /^modeltimeout/, cause: 'timed_out' },
  { code: /^model(?:stream)?error|^internalserver|^internalfailure|^serviceunavailable/, cause: 'upstream_unavailable' },
];

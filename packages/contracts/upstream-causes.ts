import { z } from 'zod';

/**
 * Why a provider could not be used: a closed list. The words that go with a cause are ours
 * (`providers/describe-cause.ts`); an upstream's own text is never shown or stored.
 */
export const upstreamCauses = [
  'bad_key',
  'expired_key',
  'wrong_region',
  'needs_inference_profile',
  'model_not_found',
  'no_access',
  'endpoint_paused',
  'endpoint_starting',
  'quota_exhausted',
  'rate_limited',
  'not_chat_model',
  'feature_unsupported',
  'context_too_long',
  'content_blocked',
  'bad_request',
  'not_openai_shape',
  'egress_blocked',
  'dns_failed',
  'connection_refused',
  'tls_failed',
  'timed_out',
  'redirected',
  'connection_lost',
  'response_too_large',
  'upstream_unavailable',
  'canceled',
] as const;

export const upstreamCauseSchema = z.enum(upstreamCauses);
export type UpstreamCause = (typeof upstreamCauses)[number];

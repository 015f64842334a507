import type { Attempt, ProviderId, UpstreamCause } from '@pipelines/contracts';
import { schema } from '@pipelines/database';

/** The columns of a log row, with the names of who asked for the call. */
export const attemptSelection = {
  attempt: schema.attempts,
  apiKeyName: schema.apiKeys.name,
  apiKeyLastFour: schema.apiKeys.lastFour,
  memberName: schema.members.name,
};

export interface SelectedAttempt {
  readonly attempt: typeof schema.attempts.$inferSelect;
  readonly apiKeyName: string | null;
  readonly apiKeyLastFour: string | null;
  readonly memberName: string | null;
}

/** A log row in the words of the API. */
export function toAttempt({ attempt: row, apiKeyName, apiKeyLastFour, memberName }: SelectedAttempt): Attempt {
  return {
    id: row.id,
    request_id: row.requestId,
    started_at: row.startedAt.toISOString(),
    source: row.source,
    slug: row.slug,
    kind: row.kind,
    // Written by us from the same closed lists.
    provider: row.provider as ProviderId,
    provider_model_id: row.providerModelId,
    credential_id: row.credentialId,
    api_key: row.apiKeyId === null ? null : { id: row.apiKeyId, name: apiKeyName ?? '', last_four: apiKeyLastFour ?? '' },
    member: row.memberId === null ? null : { id: row.memberId, name: memberName ?? '' },
    stream: row.stream,
    status: row.status,
    http_status: row.httpStatus,
    cause: row.cause as UpstreamCause | null,
    prompt_tokens: row.promptTokens,
    completion_tokens: row.completionTokens,
    cached_tokens: row.cachedTokens,
    cache_write_tokens: row.cacheWriteTokens,
    long_cache_write_tokens: row.longCacheWriteTokens,
    reasoning_tokens: row.reasoningTokens,
    audio_input_tokens: row.audioInputTokens,
    cached_audio_tokens: row.cachedAudioTokens,
    audio_output_tokens: row.audioOutputTokens,
    web_searches: row.webSearches,
    service_tier: row.serviceTier,
    images: row.images,
    input_cost_per_token: row.inputCostPerToken,
    output_cost_per_token: row.outputCostPerToken,
    cache_read_cost_per_token: row.cacheReadCostPerToken,
    cache_write_cost_per_token: row.cacheWriteCostPerToken,
    reasoning_cost_per_token: row.reasoningCostPerToken,
    audio_input_cost_per_token: row.audioInputCostPerToken,
    audio_output_cost_per_token: row.audioOutputCostPerToken,
    audio_cache_read_cost_per_token: row.audioCacheReadCostPerToken,
    cost_per_request: row.costPerRequest,
    cost_per_image: row.costPerImage,
    cost_per_web_search: row.costPerWebSearch,
    price_source: row.priceSource,
    price_tier_above_tokens: row.priceTierAboveTokens,
    cost: row.cost,
    from_cache: row.fromCache === true,
    saved_cost: row.savedCost,
    provider_cost: row.providerCost,
    latency_ms: row.latencyMs,
    queue_ms: row.queueMs,
    connect_ms: row.connectMs,
    first_byte_ms: row.firstByteMs,
    changes: row.changes ?? [],
    finish_reason: row.finishReason,
  };
}

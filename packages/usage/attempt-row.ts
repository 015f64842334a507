import type { AttemptEnd, AttemptStart, TokenUsage, UnitPrices } from '@pipelines/contracts';

/**
 * A row of `attempts` as the journal writes it and the database reads it: one JSON object by column
 * names. The halves are strings, so that nothing is serialised twice: `{start}` is the row of a
 * call that is still out, `{start,end}` of one that has ended.
 */
export function startColumns(id: string, startedAt: Date, start: AttemptStart): string {
  return inner({
    organization_id: start.organizationId,
    id,
    request_id: start.requestId,
    started_at: startedAt.toISOString(),
    source: start.source,
    slug: start.slug,
    kind: start.kind,
    provider: start.provider,
    provider_model_id: start.providerModelId,
    credential_id: start.credentialId,
    api_key_id: start.apiKeyId,
    member_id: start.memberId,
    stream: start.stream,
    step_run_id: start.stepRunId ?? null,
    ...priceColumns(start.prices),
  });
}

function priceColumns(prices: UnitPrices) {
  return {
    input_cost_per_token: prices.input,
    output_cost_per_token: prices.output,
    cache_read_cost_per_token: prices.cacheRead,
    cache_write_cost_per_token: prices.cacheWrite,
  };
}

/** `tierPrices`: those that the call was charged at, where they are not those that it began with; said last, they hold. */
export function endColumns(end: AttemptEnd, usage: TokenUsage | null, cost: string | null, tierPrices: UnitPrices | null = null): string {
  return inner({
    ...(tierPrices && priceColumns(tierPrices)),
    status: end.status,
    http_status: end.httpStatus,
    cause: end.cause,
    finish_reason: plainWord(end.finishReason),
    prompt_tokens: usage?.promptTokens ?? null,
    completion_tokens: usage?.completionTokens ?? null,
    cached_tokens: usage?.cachedTokens ?? null,
    cache_write_tokens: usage?.cacheWriteTokens ?? null,
    reasoning_tokens: usage?.reasoningTokens ?? null,
    cost,
    provider_cost: usage?.providerCost ?? null,
    latency_ms: Math.max(0, Math.round(end.latencyMs)),
    first_byte_ms: end.firstByteMs === null ? null : Math.max(0, Math.round(end.firstByteMs)),
  });
}

/** The row of a call whose process died while it was out. */
export function unknownRow(startRow: string): string {
  return `${startRow.slice(0, -1)},"status":"unknown"}`;
}

const wordShape = /^[A-Za-z0-9_.-]{1,64}$/;

/** The one word of a provider that is kept, if it is a word. */
function plainWord(text: string | null): string | null {
  return text !== null && wordShape.test(text) ? text : null;
}

function inner(columns: Record<string, unknown>): string {
  return JSON.stringify(columns).slice(1, -1);
}

import type { AttemptEnd, AttemptStart, TokenUsage } from '@pipelines/contracts';
import type { ChosenPrices } from './choose-prices.ts';
import { estimateCost } from './estimate-cost.ts';

/**
 * A row of `attempts` as the journal writes it and the database reads it: one JSON object by column
 * names. The halves are strings, so that nothing is serialised twice: `{start}` is the row of a
 * call that is still out, `{start,end}` of one that has ended. Written out by hand: two rows a call
 * are a good part of what a call costs.
 */
export function startColumns(id: string, startedAt: Date, start: AttemptStart): string {
  return (
    `"organization_id":${text(start.organizationId)},"id":${text(id)},"request_id":${text(start.requestId)},` +
    `"started_at":"${startedAt.toISOString()}","source":${text(start.source)},${modelColumns(start)},` +
    `"api_key_id":${text(start.apiKeyId)},"member_id":${text(start.memberId)},"stream":${start.stream},` +
    `"step_run_id":${text(start.stepRunId ?? null)},"queue_ms":${optionalMs(start.queueMs)},"changes":${changes(start.changes)},` +
    `"estimated_cost":${text(estimateCost(start))},"images":${start.images ?? null}`
  );
}

/** `tierPrices`: those that the call was charged at, where they are not those that it began with; said last, they hold. */
export function endColumns(end: AttemptEnd, usage: TokenUsage | null, cost: string | null, tierPrices: ChosenPrices | null = null): string {
  const prices = tierPrices === null ? '' : `${JSON.stringify(priceColumns(tierPrices)).slice(1, -1)},`;
  return (
    `${prices}"status":${text(end.status)},"http_status":${end.httpStatus},"cause":${text(end.cause)},` +
    `"finish_reason":${text(plainWord(end.finishReason))},"prompt_tokens":${usage?.promptTokens ?? null},` +
    `"completion_tokens":${usage?.completionTokens ?? null},"cached_tokens":${usage?.cachedTokens ?? null},` +
    `"cache_write_tokens":${usage?.cacheWriteTokens ?? null},"long_cache_write_tokens":${usage?.longCacheWriteTokens ?? null},` +
    `"reasoning_tokens":${usage?.reasoningTokens ?? null},${rareColumns(usage)}` +
    `"cost":${text(cost)},"provider_cost":${text(usage?.providerCost ?? null)},` +
    `"latency_ms":${milliseconds(end.latencyMs)},"first_byte_ms":${optionalMs(end.firstByteMs)},` +
    `"connect_ms":${optionalMs(end.connectMs)}`
  );
}

/** What few answers tell: the columns are left out where nothing is. */
function rareColumns(usage: TokenUsage | null): string {
  if (usage === null) return '';
  const { audioInputTokens, cachedAudioTokens, audioOutputTokens, webSearches, serviceTier = null } = usage;
  const tier = plainWord(serviceTier);
  return (
    rareCount('audio_input_tokens', audioInputTokens) +
    rareCount('cached_audio_tokens', cachedAudioTokens) +
    rareCount('audio_output_tokens', audioOutputTokens) +
    rareCount('web_searches', webSearches) +
    (tier === null ? '' : `"service_tier":${text(tier)},`)
  );
}

function rareCount(column: string, told: number | null | undefined): string {
  return told == null ? '' : `"${column}":${told},`;
}

/** Of an answer that was kept: no tokens were asked of a provider. */
export function keptColumns(end: AttemptEnd, savedCost: string | null): string {
  return `${endColumns(end, null, '0')},"from_cache":true,"saved_cost":${text(savedCost)}`;
}

type ModelPart = Pick<AttemptStart, 'slug' | 'kind' | 'provider' | 'providerModelId' | 'credentialId' | 'prices'>;

/** The columns that are the same in all calls of a model, by its prices, which live as long as it does. */
const knownModels = new WeakMap<object, { readonly part: ModelPart; readonly columns: string }>();

function modelColumns(start: AttemptStart): string {
  const known = knownModels.get(start.prices);
  if (known !== undefined && isSameModel(known.part, start)) return known.columns;
  const { slug, kind, provider, providerModelId, credentialId, prices } = start;
  const columns = JSON.stringify({
    slug,
    kind,
    provider,
    provider_model_id: providerModelId,
    credential_id: credentialId,
    ...priceColumns(prices),
  }).slice(1, -1);
  knownModels.set(prices, { part: { slug, kind, provider, providerModelId, credentialId, prices }, columns });
  return columns;
}

function priceColumns(prices: ChosenPrices) {
  return {
    input_cost_per_token: prices.input,
    output_cost_per_token: prices.output,
    cache_read_cost_per_token: prices.cacheRead,
    cache_write_cost_per_token: prices.cacheWrite,
    reasoning_cost_per_token: prices.reasoning ?? null,
    cost_per_request: prices.request ?? null,
    cost_per_image: prices.image ?? null,
    // Few models have these: left out, they are null.
    audio_input_cost_per_token: prices.audioInput ?? undefined,
    audio_output_cost_per_token: prices.audioOutput ?? undefined,
    audio_cache_read_cost_per_token: prices.audioCacheRead ?? undefined,
    cost_per_web_search: prices.webSearch ?? undefined,
    price_source: prices.source ?? null,
    price_tier_above_tokens: prices.tierAboveTokens ?? null,
  };
}

function isSameModel(known: ModelPart, start: ModelPart): boolean {
  return (
    known.slug === start.slug &&
    known.kind === start.kind &&
    known.provider === start.provider &&
    known.providerModelId === start.providerModelId &&
    known.credentialId === start.credentialId
  );
}

function text(value: string | null): string {
  return JSON.stringify(value);
}

function milliseconds(value: number): number {
  return Math.max(0, Math.round(value));
}

function optionalMs(value: number | null | undefined): number | null {
  return value == null ? null : milliseconds(value);
}

/** A line must not grow with what a caller sends: one that is longer than the journal is read at a time would be lost. */
const mostChanges = 100;
const longestChange = 300;

function changes(list: readonly string[] = []): string {
  if (list.length === 0) return 'null';
  const told = list.slice(0, mostChanges).map((change) => change.slice(0, longestChange));
  if (list.length > mostChanges) told.push(`… and ${(list.length - mostChanges).toLocaleString('en-US')} more`);
  return JSON.stringify(told);
}

/** The row of a call whose process died while it was out. */
export function unknownRow(startRow: string): string {
  return `${startRow.slice(0, -1)},"status":"unknown"}`;
}

const wordShape = /^[A-Za-z0-9_.-]{1,64}$/;

/** The one word of a provider that is kept, if it is a word. */
function plainWord(word: string | null): string | null {
  return word !== null && wordShape.test(word) ? word : null;
}

import { type CallableModel, type ModelTask, PipelinesError, type ProviderId, type UnitPrices } from '@pipelines/contracts';
import { destinationOf, presetOf } from '@pipelines/providers';
import { destinationOfRow } from '../credentials/destination-of-row.ts';
import { capabilitiesOf, type ModelRow, type ModelWithCredential, type PlatformModelRow } from '../models/model-rows.ts';
import { presentPrices, toUnitPrices } from '../price-book/unit-prices.ts';
import type { PlatformRouting } from '../routing/platform-routings.ts';
import type { ModelRouting } from '../routing/routing-rows.ts';
import type { ResolveOptions } from './resolve-options.ts';
import { resolveRoute, targetOf } from './resolve-route.ts';
import { callRetries, callTimeouts, type ModelRoute, type ModelTimeouts, type ResolvedModel } from './resolved-model.ts';

/** A row of the catalogue as a model that can be called: through OpenRouter, with the operator's key. */
export function resolvePlatformModel(
  row: PlatformModelRow,
  { providerBaseUrls, platformKey }: Pick<ResolveOptions, 'providerBaseUrls' | 'platformKey'>,
): ResolvedModel {
  const destination = destinationOf({ provider: 'openrouter', authKind: 'api_key', overrides: providerBaseUrls });
  const credential = platformKey && { apiKey: platformKey };
  const route: ModelRoute = {
    ...resolveSettings('platform', 'openrouter', row),
    key: `platform/${row.slug}`,
    accountKey: 'platform',
    weight: 1,
    // The catalogue's limit is what the model can do. Asked for by default, OpenRouter would reserve its price from the operator's credit.
    target: { ...targetOf('openrouter', row, destination, {}), maxTokens: null },
    credentialId: null,
    trial: null,
    credential() {
      if (!credential) throw new PipelinesError('platform_not_configured');
      return credential;
    },
  };
  const version = String(row.updatedAt.getTime());
  return { ...route, routes: [route], fallbacks: [], maxRetries: callRetries, cacheSeconds: null, version };
}

/** A platform model as an organization has set it for its own calls. */
export function routePlatformModel(platform: ResolvedModel, { row, fallbacks }: PlatformRouting): ResolvedModel {
  const timeouts = timeoutsOf(row);
  const routes = platform.routes.map((route): ModelRoute => {
    // Who waits for another time finds it to be down at another time: that is nothing for the others to go by.
    const key = timeouts === callTimeouts ? route.key : `${route.key}/${row.organizationId}`;
    return { ...route, key, timeouts };
  });
  return {
    ...platform,
    ...routes[0],
    routes,
    fallbacks,
    maxRetries: row.maxRetries ?? callRetries,
    cacheSeconds: row.cacheSeconds,
    version: `${platform.version}.${row.updatedAt.getTime()}.${row.cacheEpoch}`,
  };
}

/** A custom model as one that can be called: by its own credential, and by those that were proved for it beside. */
export function resolveCustomModel(
  { model, credential }: ModelWithCredential,
  routing: ModelRouting,
  options: ResolveOptions,
): ResolvedModel {
  const destination = destinationOfRow(model);
  const settings = resolveSettings('custom', destination.provider, model);
  const own = {
    ...settings,
    ...resolveRoute(model, { destination, credential, quirks: model.quirks, weight: model.credentialWeight }, options),
  };
  const others = routing.credentials
    .filter(({ link, credential }) => link.provenModelId === model.providerModelId && credential.sealed !== null)
    .map(({ link, credential }): ModelRoute => {
      const parts = { destination: destinationOfRow(credential), credential, quirks: link.quirks, weight: link.weight };
      // Prices of its own: the log remembers by them what it has written of a route.
      return { ...settings, prices: { ...settings.prices }, ...resolveRoute(model, parts, options) };
    });
  // Its own credential has been deleted: the others serve without it.
  const isLost = destination.authKind !== 'none' && !credential?.sealed && others.length > 0;
  return {
    ...own,
    routes: isLost ? others : [own, ...others],
    fallbacks: routing.fallbacks,
    maxRetries: model.maxRetries ?? callRetries,
    cacheSeconds: model.cacheSeconds,
    version: `${model.updatedAt.getTime()}.${model.cacheEpoch}`,
  };
}

function resolveSettings(kind: CallableModel['kind'], provider: ProviderId, row: ModelRow | PlatformModelRow) {
  return {
    slug: row.slug,
    kind,
    task: taskOf(row),
    displayName: row.displayName,
    provider,
    protocol: presetOf(provider).protocol,
    active: row.active,
    reasoningEfforts: 'reasoningEfforts' in row ? row.reasoningEfforts : null,
    prices: pricesOf(row),
    timeouts: 'totalTimeoutMs' in row ? timeoutsOf(row) : callTimeouts,
    listing: listingOf(kind, provider, row),
  };
}

function timeoutsOf({ firstByteTimeoutMs, idleTimeoutMs, totalTimeoutMs }: ModelRow | PlatformRouting['row']): ModelTimeouts {
  if (firstByteTimeoutMs === null && idleTimeoutMs === null && totalTimeoutMs === null) return callTimeouts;
  const { connectMs, firstByteMs, idleMs, totalMs } = callTimeouts;
  return { connectMs, firstByteMs: firstByteTimeoutMs ?? firstByteMs, idleMs: idleTimeoutMs ?? idleMs, totalMs: totalTimeoutMs ?? totalMs };
}

/** The catalogue holds models that chat. */
function taskOf(row: ModelRow | PlatformModelRow): ModelTask {
  return 'task' in row ? row.task : 'chat';
}

/** A model that embeds gives no answer that could cost something. */
function pricesOf(row: ModelRow | PlatformModelRow): UnitPrices {
  const prices = toUnitPrices(row);
  return taskOf(row) === 'chat' ? prices : { ...prices, output: prices.output ?? '0' };
}

function listingOf(kind: CallableModel['kind'], provider: ProviderId, row: ModelRow | PlatformModelRow): CallableModel {
  return {
    id: row.slug,
    object: 'model',
    created: Math.floor(row.createdAt.getTime() / 1000),
    owned_by: provider,
    display_name: row.displayName,
    kind,
    task: taskOf(row),
    capabilities: capabilitiesOf(row),
    reasoning_parameter: row.reasoningParameter,
    max_tokens: row.maxTokens,
    context_tokens: row.contextTokens,
    ...presentPrices(row),
  };
}

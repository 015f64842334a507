import { type AuthKind, type CallableModel, PipelinesError, type ProviderId, type Secret } from '@pipelines/contracts';
import { type AdapterTarget, destinationOf, type OpenCredential, presetOf, type Quirks } from '@pipelines/providers';
import { capabilitiesOf, type ModelRow, type ModelWithCredential, type PlatformModelRow } from '../models/model-rows.ts';
import { presentPrices, toUnitPrices } from '../price-book/unit-prices.ts';
import type { OpenedCredentials } from './opened-credentials.ts';
import { callRetries, callTimeouts, type ModelRoute, type ResolvedModel } from './resolved-model.ts';
import type { SecretTrial, SecretTrials } from './secret-trials.ts';

export type ProviderBaseUrls = Readonly<Partial<Record<ProviderId, string>>>;

/** What turns rows into models that can be called. */
export interface ResolveOptions {
  readonly opened: OpenedCredentials;
  /** The operator's own hosts, by provider. */
  readonly providerBaseUrls: ProviderBaseUrls;
  readonly platformKey: Secret | null;
  readonly trials: SecretTrials;
}

/** A row of the catalogue as a model that can be called: through OpenRouter, with the operator's key. */
export function resolvePlatformModel(
  row: PlatformModelRow,
  { providerBaseUrls, platformKey }: Pick<ResolveOptions, 'providerBaseUrls' | 'platformKey'>,
): ResolvedModel {
  const destination = destinationOf({ provider: 'openrouter', authKind: 'api_key', overrides: providerBaseUrls });
  const credential = platformKey && { apiKey: platformKey };
  return withRoutes({
    ...resolveSettings('platform', 'openrouter', row),
    key: `platform/${row.slug}`,
    accountKey: 'platform',
    weight: 1,
    // The catalogue's limit is what the model can do. Asked for by default, OpenRouter would reserve its price from the operator's credit.
    target: { ...targetOf('openrouter', row, destination), maxTokens: null },
    credentialId: null,
    trial: null,
    credential() {
      if (!credential) throw new PipelinesError('platform_not_configured');
      return credential;
    },
  });
}

function withRoutes(first: ModelRoute): ResolvedModel {
  return { ...first, routes: [first] };
}

/** A custom model as one that can be called. Its credential opens for the destination of this row only. */
export function resolveCustomModel({ model, credential }: ModelWithCredential, options: ResolveOptions): ResolvedModel {
  const provider = model.provider as ProviderId;
  const authKind = model.authKind as AuthKind;
  const place = { provider, authKind, baseUrl: model.baseUrl, region: model.region };
  const trial: SecretTrial | null = credential?.sealed && credential.previousSealed ? options.trials.of(credential) : null;
  return withRoutes({
    ...resolveSettings('custom', provider, model),
    key: `${model.organizationId}/${model.slug}/${model.credentialId ?? ''}`,
    accountKey: model.credentialId,
    weight: 1,
    target: targetOf(provider, model, destinationOf({ ...place, overrides: options.providerBaseUrls })),
    credentialId: model.credentialId,
    trial,
    credential: authKind === 'none' ? () => noCredential : prepareCredential(),
  });

  function prepareCredential(): () => OpenCredential | Promise<OpenCredential> {
    if (!credential?.sealed) {
      return () => {
        throw new PipelinesError('credential_unavailable');
      };
    }
    const { organizationId, id, version, sealed, dataKeyVersion } = credential;
    const current = options.opened.prepare(
      { kind: 'credential', organizationId, id, version, destination: place },
      { sealed, dataKeyVersion },
    );
    const { previousSealed, previousVersion, previousDataKeyVersion } = credential;
    if (trial === null || !previousSealed || previousVersion === null || previousDataKeyVersion === null) return current;
    const previous = options.opened.prepare(
      { kind: 'credential', organizationId, id, version: previousVersion, destination: place },
      { sealed: previousSealed, dataKeyVersion: previousDataKeyVersion },
    );
    return () => (trial.isReturned ? previous() : current());
  }
}

const noCredential: OpenCredential = {};

function targetOf(
  provider: ProviderId,
  row: ModelRow | PlatformModelRow,
  destination: Pick<AdapterTarget, 'baseUrl' | 'region' | 'authScheme'>,
): AdapterTarget {
  const own: Quirks = 'quirks' in row ? row.quirks : {};
  return {
    ...destination,
    providerModelId: row.providerModelId,
    quirks: { ...presetOf(provider).quirks, ...own },
    capabilities: capabilitiesOf(row),
    reasoningParameter: row.reasoningParameter,
    maxTokens: row.maxTokens,
  };
}

function resolveSettings(kind: CallableModel['kind'], provider: ProviderId, row: ModelRow | PlatformModelRow) {
  return {
    slug: row.slug,
    kind,
    displayName: row.displayName,
    provider,
    protocol: presetOf(provider).protocol,
    active: row.active,
    prices: toUnitPrices(row),
    timeouts: callTimeouts,
    maxRetries: callRetries,
    fallbacks: [] as readonly string[],
    listing: listingOf(kind, provider, row),
  };
}

function listingOf(kind: CallableModel['kind'], provider: ProviderId, row: ModelRow | PlatformModelRow): CallableModel {
  return {
    id: row.slug,
    object: 'model',
    created: Math.floor(row.createdAt.getTime() / 1000),
    owned_by: provider,
    display_name: row.displayName,
    kind,
    capabilities: capabilitiesOf(row),
    reasoning_parameter: row.reasoningParameter,
    max_tokens: row.maxTokens,
    context_tokens: row.contextTokens,
    ...presentPrices(row),
  };
}

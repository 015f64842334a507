import { PipelinesError, type ProviderId } from '@pipelines/contracts';
import { type AdapterTarget, destinationOf, type OpenCredential, presetOf, type Quirks } from '@pipelines/providers';
import type { Destination } from '../credential-vault/credential-place.ts';
import { type CredentialRow, capabilitiesOf, type ModelRow, type PlatformModelRow } from '../models/model-rows.ts';
import type { ResolveOptions } from './resolve-options.ts';
import type { ModelRoute } from './resolved-model.ts';
import type { SecretTrial } from './secret-trials.ts';

/** What makes one way to a model: where it leads, with which credential, and what was learnt of that place. */
export interface RouteParts {
  readonly destination: Destination;
  readonly credential: CredentialRow | null;
  readonly quirks: Quirks;
  readonly weight: number;
}

type RouteFields = Pick<ModelRoute, 'key' | 'accountKey' | 'weight' | 'target' | 'credentialId' | 'trial' | 'credential'>;

/** One route of a custom model. Its credential opens for the destination that it was entered for, and no other. */
export function resolveRoute(model: ModelRow, parts: RouteParts, options: ResolveOptions): RouteFields {
  const { destination, credential, weight } = parts;
  const trial: SecretTrial | null = credential?.sealed && credential.previousSealed ? options.trials.of(credential) : null;
  const place = destinationOf({ ...destination, overrides: options.providerBaseUrls });
  return {
    key: `${model.organizationId}/${model.slug}/${credential?.id ?? ''}`,
    accountKey: credential && `${credential.id}@${credential.version}`,
    weight,
    target: targetOf(destination.provider, model, place, parts.quirks),
    credentialId: credential?.id ?? null,
    trial,
    credential: destination.authKind === 'none' ? () => noCredential : prepareCredential(destination, credential, trial, options),
  };
}

const noCredential: OpenCredential = {};

function prepareCredential(
  destination: Destination,
  credential: CredentialRow | null,
  trial: SecretTrial | null,
  { opened }: ResolveOptions,
): () => OpenCredential | Promise<OpenCredential> {
  if (!credential?.sealed) {
    return () => {
      throw new PipelinesError('credential_unavailable');
    };
  }
  const { organizationId, id, version, sealed, dataKeyVersion } = credential;
  const current = opened.prepare({ kind: 'credential', organizationId, id, version, destination }, { sealed, dataKeyVersion });
  const { previousSealed, previousVersion, previousDataKeyVersion } = credential;
  if (trial === null || !previousSealed || previousVersion === null || previousDataKeyVersion === null) return current;
  const previous = opened.prepare(
    { kind: 'credential', organizationId, id, version: previousVersion, destination },
    { sealed: previousSealed, dataKeyVersion: previousDataKeyVersion },
  );
  return () => (trial.isReturned ? previous() : current());
}

export function targetOf(
  provider: ProviderId,
  row: ModelRow | PlatformModelRow,
  place: Pick<AdapterTarget, 'baseUrl' | 'region' | 'authScheme'>,
  quirks: Quirks,
): AdapterTarget {
  return {
    ...place,
    providerModelId: row.providerModelId,
    quirks: { ...presetOf(provider).quirks, ...quirks },
    capabilities: capabilitiesOf(row),
    reasoningParameter: row.reasoningParameter,
    maxTokens: row.maxTokens,
  };
}

import type { ApplyFix, ConnectionTest } from '@pipelines/contracts';
import {
  type AdapterTarget,
  describeCause,
  type OpenCredential,
  type ProviderListing,
  presetOf,
  type UpstreamError,
} from '@pipelines/providers';
import type { Destination } from '../credential-vault/credential-place.ts';
import type { RegistryContext } from '../registry-context.ts';
import { nearestModelIds } from './nearest-model-ids.ts';
import { readProviderList } from './read-provider-list.ts';

export interface FailureDetails {
  readonly organizationId: string;
  readonly destination: Destination;
  readonly target: AdapterTarget;
  readonly credential: OpenCredential;
  /** The provider's own list, as far as it is known. */
  readonly listings: readonly ProviderListing[];
}

type Words = Pick<ConnectionTest, 'message' | 'fix' | 'apply'>;
type Context = Pick<RegistryContext, 'egress'>;

export function describeSuccess(latencyMs: number): Words {
  return { message: `The model answered in ${latencyMs.toLocaleString('en-US')} ms.`, fix: null, apply: null };
}

/** A failure in our words, with the way out: the nearest model IDs, or a base URL that does answer. */
export async function describeFailure(
  context: Context,
  error: UpstreamError,
  details: FailureDetails,
  signal: AbortSignal,
): Promise<Words> {
  const { destination, target, listings } = details;
  const chatModels = listings.filter(({ chat }) => chat).map(({ id }) => id);
  const words = describeCause(error, {
    providerName: presetOf(destination.provider).name,
    providerModelId: target.providerModelId,
    region: destination.region,
    baseUrl: destination.baseUrl,
    nearestModels: nearestModelIds(target.providerModelId, chatModels),
  });
  const working =
    error.reason === 'not_openai_shape' || error.reason === 'model_not_found' ? await findWorkingBaseUrl(context, details, signal) : null;
  if (working === null) return canApply(words.apply, destination) ? words : { ...words, apply: null };
  return {
    ...words,
    fix: `Models are listed below ${working}: use it as the base URL.`,
    apply: { label: 'Add /v1', set: { base_url: working } },
  };
}

/** A form without a field for the URL cannot take one. */
function canApply(apply: ApplyFix | null, { provider }: Destination): boolean {
  return apply?.set.base_url === undefined || presetOf(provider).baseUrl.kind === 'given';
}

/** The same URL with `/v1`, when models are listed there. It lies below what was entered, so the credential may go there. */
async function findWorkingBaseUrl(context: Context, details: FailureDetails, signal: AbortSignal): Promise<string | null> {
  const { organizationId, destination, target, credential, listings } = details;
  const { provider } = destination;
  if (listings.length > 0 || presetOf(provider).baseUrl.kind !== 'given' || /\/v\d+$/.test(target.baseUrl)) return null;
  const baseUrl = `${target.baseUrl}/v1`;
  const found = await readProviderList(context, { organizationId, provider, target: { ...target, baseUrl }, credential }, signal);
  return found.length > 0 ? baseUrl : null;
}

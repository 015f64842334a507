import type { ProviderId } from '@pipelines/contracts';
import { type AdapterTarget, adapters, type OpenCredential, type ProviderListing, presetOf, type RawResponse } from '@pipelines/providers';
import { mentionsSecret } from '../credential-vault/secret-fields.ts';
import type { RegistryContext } from '../registry-context.ts';
import { sendRequest } from './send-request.ts';

const timeouts = { connectMs: 3_000, firstByteMs: 5_000, idleMs: 5_000, totalMs: 8_000 };
const maxResponseBytes = 16 * 1024 * 1024;

export interface ProviderListCall {
  readonly organizationId: string;
  readonly provider: ProviderId;
  readonly target: Pick<AdapterTarget, 'baseUrl' | 'region' | 'authScheme' | 'quirks'>;
  readonly credential: OpenCredential;
}

/** The provider's own models. Empty where it has no list, or does not give it: nothing depends on it but comfort. */
export async function readProviderList(
  { egress }: Pick<RegistryContext, 'egress'>,
  { organizationId, provider, target, credential }: ProviderListCall,
  signal: AbortSignal,
): Promise<readonly ProviderListing[]> {
  const { modelList } = adapters[presetOf(provider).protocol];
  if (!modelList) return [];
  try {
    const requests = modelList.prepare(target);
    const options = { egress, organizationId, signal, timeouts, maxResponseBytes, purpose: 'model_list' } as const;
    const settled = await Promise.allSettled(requests.map((request) => sendRequest(request, credential, options)));
    const responses = settled.flatMap((result): RawResponse[] => (result.status === 'fulfilled' ? [result.value] : []));
    if (responses.length === 0) return [];
    return modelList.read(responses).filter(({ id, name }) => !mentionsSecret(credential, `${id} ${name ?? ''}`));
  } catch {
    return [];
  }
}

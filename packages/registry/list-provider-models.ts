import { createHash } from 'node:crypto';
import { type ListedModel, PipelinesError, type Principal, type ProviderId, type routes } from '@pipelines/contracts';
import { destinationOf, presetOf } from '@pipelines/providers';
import type { z } from 'zod';
import { chooseDestination } from './connection-test/choose-destination.ts';
import { digestConfiguration } from './connection-test/config-digest.ts';
import { readProviderList } from './connection-test/read-provider-list.ts';
import { chooseCredential, credentialChoiceOf, openChosen } from './credentials/choose-credential.ts';
import type { RegistryContext } from './registry-context.ts';

export type ProviderModelListBody = z.infer<typeof routes.listProviderModels.body>;

const keptMs = 60_000;
const maxKept = 200;
const maxListed = 2_000;

/** The last lists, so that typing does not ask a provider for each letter. */
export type ProviderListCache = Map<string, { readonly models: ListedModel[]; readonly untilMs: number }>;

/**
 * The chat models of a provider's own list, for autocomplete. Empty where the provider has none or does
 * not give it: that must not keep anybody from entering an ID.
 *
 * @throws PipelinesError `credential_required`, `not_found`, `invalid_request`, `rate_limited`
 */
export async function listProviderModels(
  context: RegistryContext,
  cache: ProviderListCache,
  principal: Principal,
  provider: ProviderId,
  body: ProviderModelListBody,
  signal: AbortSignal,
): Promise<ListedModel[]> {
  if (body.provider !== provider) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'provider', message: 'Not the provider of the path' }] });
  }
  const { organizationId } = principal;
  const destination = chooseDestination(body);
  const chosen = await chooseCredential(context, organizationId, destination, credentialChoiceOf(body));
  const digest = digestConfiguration({ destination, providerModelId: '', fingerprint: chosen.fingerprint });
  const key = createHash('sha256').update(organizationId).update(digest).digest('hex');
  const known = cache.get(key);
  if (known && known.untilMs > performance.now()) return known.models;

  await context.testLimiter.countModelList(principal);
  const target = { ...destinationOf({ ...destination, overrides: context.providerBaseUrls }), quirks: presetOf(provider).quirks };
  const credential = await openChosen(context, chosen);
  const listings = await readProviderList(context, { organizationId, provider, target, credential }, signal);
  const models = listings
    .filter(({ chat }) => chat)
    .slice(0, maxListed)
    .map(({ id, name, context_tokens }) => ({ id, name, context_tokens }));
  if (cache.size >= maxKept) cache.clear();
  if (models.length > 0) cache.set(key, { models, untilMs: performance.now() + keptMs });
  return models;
}

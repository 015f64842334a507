import { type AuthKind, normalizeBaseUrl, PipelinesError, type ProviderId } from '@pipelines/contracts';
import { canonicalizeBaseUrl } from '@pipelines/egress';
import { destinationOf, followsHostRule, presetOf } from '@pipelines/providers';
import type { Destination } from '../credential-vault/credential-place.ts';

/** The fields of a body that say where a call goes. */
export interface DestinationFields {
  readonly provider: ProviderId;
  readonly auth_kind: AuthKind;
  readonly base_url?: string | undefined;
  readonly region?: string | undefined;
}

/**
 * The canonical destination of a body. The operator's overrides are left out on purpose: a credential
 * is bound to the provider, and stays so when the operator moves the way to it.
 *
 * @throws PipelinesError `invalid_request` naming the field
 */
export function chooseDestination({ provider, auth_kind: authKind, base_url, region }: DestinationFields): Destination {
  const given = base_url === undefined ? null : canonicalizeBaseUrl(normalizeBaseUrl(base_url));
  const resolved = destinationOf({ provider, authKind, baseUrl: given, region: region ?? null });
  // Plain http goes nowhere without the operator's leave, so only a foreign https host is left to refuse.
  if (resolved.baseUrl.startsWith('https:') && !followsHostRule(provider, resolved.baseUrl)) throw foreignHost(provider);
  return { provider, authKind, baseUrl: resolved.baseUrl, region: resolved.region };
}

function foreignHost(provider: ProviderId): PipelinesError {
  const { name, baseUrl } = presetOf(provider);
  const suffixes = baseUrl.kind === 'given' ? baseUrl.hostSuffixes.join(' or ') : '';
  const message = `A URL of ${name} has a host that ends in ${suffixes}. For any other, choose OpenAI-compatible.`;
  return new PipelinesError('invalid_request', { detail: message, fields: [{ field: 'base_url', message }], param: 'base_url' });
}

import type { AuthKind, CredentialFields, ProviderId } from '@pipelines/contracts';
import { readBedrockApiKey } from './bedrock-converse/read-bedrock-api-key.ts';
import { presetOf } from './presets.ts';
import { UpstreamError } from './upstream-error.ts';

/** What a credential itself tells, without any call. */
export interface CredentialFacts {
  readonly expiresAt: Date | null;
  readonly region: string | null;
}

/** Finds what is wrong with a credential before it is sent anywhere: a short-term key that has expired, or that is for another region. */
export function checkCredential(
  provider: ProviderId,
  authKind: AuthKind,
  credential: CredentialFields,
  region: string | null,
  now: Date = new Date(),
): CredentialFacts | UpstreamError {
  const key = credential.api_key;
  if (presetOf(provider).protocol !== 'bedrock-converse' || authKind !== 'api_key' || key === undefined)
    return { expiresAt: null, region: null };
  const facts = readBedrockApiKey(key);
  if (facts === null) return { expiresAt: null, region: null };
  if (facts.expiresAt <= now)
    return new UpstreamError('expired_key', { detail: 'short_term_key', facts: { expiresAt: facts.expiresAt.toISOString() } });
  if (region !== null && facts.region !== region) {
    return new UpstreamError('wrong_region', { detail: 'short_term_key', facts: { keyRegion: facts.region } });
  }
  return facts;
}

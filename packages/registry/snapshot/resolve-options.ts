import type { ProviderId, Secret } from '@pipelines/contracts';
import type { OpenedCredentials } from './opened-credentials.ts';
import type { SecretTrials } from './secret-trials.ts';

export type ProviderBaseUrls = Readonly<Partial<Record<ProviderId, string>>>;

/** What turns rows into models that can be called. */
export interface ResolveOptions {
  readonly opened: OpenedCredentials;
  /** The operator's own hosts, by provider. */
  readonly providerBaseUrls: ProviderBaseUrls;
  readonly platformKey: Secret | null;
  readonly trials: SecretTrials;
}

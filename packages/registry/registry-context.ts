import type { CallMeter, Log, Secret } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import type { Egress } from '@pipelines/egress';
import type { TestLimiter } from './connection-test/test-limiter.ts';
import type { Vault } from './credential-vault/create-credential-vault.ts';
import type { OpenedCredentials } from './snapshot/opened-credentials.ts';
import type { ProviderBaseUrls } from './snapshot/resolve-options.ts';

/** What every use case of this package works with. */
export interface RegistryContext {
  readonly database: Database;
  readonly vault: Vault;
  readonly egress: Egress;
  readonly meter: CallMeter;
  readonly log: Log;
  readonly providerBaseUrls: ProviderBaseUrls;
  readonly platformKey: Secret | null;
  readonly opened: OpenedCredentials;
  readonly testLimiter: TestLimiter;
  /** Makes a change visible in this process at once; other replicas follow by notice. */
  readonly refresh: (organizationId: string) => Promise<void>;
}

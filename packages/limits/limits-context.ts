import type { Log } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import type { Egress } from '@pipelines/egress';
import type { Registry, WebhookSecrets } from '@pipelines/registry';

/** Why a call was not let through, for the metrics. */
export type RefusalReason = 'requests_per_minute' | 'tokens_per_minute' | 'concurrent_calls' | 'budget' | 'price_unknown' | 'unavailable';

/** What every use case of this package works with. */
export interface LimitsContext {
  readonly database: Database;
  readonly registry: Pick<Registry, 'resolve'>;
  readonly egress: Pick<Egress, 'request' | 'checkTarget'>;
  readonly webhookSecrets: WebhookSecrets;
  /** Tells this process from the others, in grants and counts. */
  readonly processId: string;
  readonly log: Log;
}

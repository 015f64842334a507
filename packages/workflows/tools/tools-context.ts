import type { Log } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import type { Egress } from '@pipelines/egress';
import type { TestLimiter, ToolCredentials } from '@pipelines/registry';

/** What every use case of tools works with. */
export interface ToolsContext {
  readonly database: Pick<Database, 'db'>;
  readonly egress: Pick<Egress, 'request' | 'checkTarget'>;
  readonly credentials: ToolCredentials;
  readonly limiter: TestLimiter;
  readonly log: Log;
}

import type { Log } from '@pipelines/contracts';
import type { Gateway } from '@pipelines/gateway';
import type { Identity } from '@pipelines/identity';

/** What the routes under `/v1` work with. */
export interface V1Dependencies {
  readonly identity: Pick<Identity, 'authenticateKey'>;
  readonly gateway: Gateway;
  readonly log: Log;
}

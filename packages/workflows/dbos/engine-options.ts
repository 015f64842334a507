import type { Log } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import type { Egress } from '@pipelines/egress';
import type { Gateway } from '@pipelines/gateway';
import type { Registry } from '@pipelines/registry';
import type { StepTools } from '../tools/tools.ts';

export interface EngineOptions {
  readonly database: Database;
  /** Where the durable engine keeps its own tables: the same PostgreSQL, schema `dbos`. */
  readonly databaseUrl: string;
  readonly gateway: Pick<Gateway, 'completeChatOnce'>;
  readonly egress: Pick<Egress, 'request'>;
  readonly registry: Pick<Registry, 'resolve'>;
  readonly tools: StepTools;
  readonly log: Log;
  /** Tasks that this process drives at a time. Default 64. */
  readonly concurrency?: number;
}

import type { Database } from '@pipelines/database';
import type { Registry } from '@pipelines/registry';
import type { Engine } from './engine.ts';

/** What every use case of this package works with. */
export interface WorkflowsContext {
  readonly database: Pick<Database, 'db'>;
  /** Only to look models up, from memory. */
  readonly registry: Pick<Registry, 'resolve'>;
  readonly engine: Pick<Engine, 'wake' | 'cancelTask' | 'cancelBatch' | 'submitReview' | 'retryTask' | 'regenerateStep'>;
}

import type { Database } from '@pipelines/database';
import type { Registry } from '@pipelines/registry';
import type { Engine } from './engine.ts';

/** What every use case of this package works with. */
export interface WorkflowsContext {
  readonly database: Pick<Database, 'db'>;
  /** Looks models up: from memory, or as they are in the table; and tells which workflows use one. */
  readonly registry: Pick<Registry, 'resolve' | 'getModel' | 'listDependents' | 'listSharing'>;
  readonly engine: Pick<Engine, 'wake' | 'cancelTask' | 'cancelBatch' | 'submitReview' | 'retryTask' | 'regenerateStep'>;
}

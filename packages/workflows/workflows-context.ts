import type { Database } from '@pipelines/database';
import type { Registry } from '@pipelines/registry';
import type { Engine } from './engine.ts';
import type { LiveFeed } from './live/live-feed.ts';
import type { StepDoors } from './steps/step-context.ts';

/** What every use case of this package works with. */
export interface WorkflowsContext {
  readonly database: Pick<Database, 'db'>;
  /** Looks models up: from memory, or as they are in the table; and tells which workflows use one. */
  readonly registry: Pick<Registry, 'resolve' | 'getModel' | 'listDependents' | 'listSharing' | 'listNamesAndStandIns'>;
  readonly engine: Pick<Engine, 'wake' | 'cancelTask' | 'cancelBatch' | 'submitReview' | 'retryTask' | 'regenerateStep'>;
}

/** What watching and trying need besides. */
export interface LiveContext extends WorkflowsContext {
  /** What is told of tasks and batches that somebody watches. */
  readonly feed: LiveFeed;
  /** What a step that is tried reaches out with. */
  readonly stepDoors: StepDoors;
}

import type { Registry } from '@pipelines/registry';
import type { Workflows } from '@pipelines/workflows';
import type { Handlers } from './route-table.ts';

export interface ModelChangeDependencies {
  readonly registry: Pick<Registry, 'reactivateModel'>;
  readonly workflows: Pick<Workflows, 'readImpact' | 'repointModel' | 'listRepoints' | 'undoRepoint'>;
}

type ModelChangeOperation = 'getModelImpact' | 'reactivateModel' | 'repointModel' | 'listRepoints' | 'undoRepoint';

/** What a change of a model does to its users, and how they get to another one. */
export function modelChangeHandlers({ registry, workflows }: ModelChangeDependencies): Handlers<ModelChangeOperation> {
  return {
    getModelImpact: ({ principal, params, body }) => workflows.readImpact(principal, params.slug, body),
    reactivateModel: ({ principal, params }) => registry.reactivateModel(principal, params.slug),
    repointModel: ({ principal, params, body }) => workflows.repointModel(principal, params.slug, body),
    listRepoints: ({ principal, params }) => workflows.listRepoints(principal, params.slug),
    undoRepoint: ({ principal, params }) => workflows.undoRepoint(principal, params.slug, params.id),
  };
}

import type { Registry } from '@pipelines/registry';
import type { Handlers } from './route-table.ts';

export interface RegistryDependencies {
  readonly registry: Registry;
}

type ModelOperation = 'listModels' | 'createModel' | 'getModel' | 'updateModel' | 'deactivateModel' | 'listDependents';

export function modelHandlers({ registry }: RegistryDependencies): Handlers<ModelOperation> {
  return {
    listModels: ({ principal, query }) => registry.listModels(principal.organizationId, query),
    createModel: ({ principal, body }) => registry.createModel(principal, body),
    getModel: ({ principal, params }) => registry.getModel(principal.organizationId, params.slug),
    updateModel: ({ principal, params, body }) => registry.updateModel(principal, params.slug, body),
    deactivateModel: ({ principal, params, query }) =>
      registry.deactivateModel(principal, params.slug, { confirm: query.confirm === 'true' }),
    listDependents: ({ principal, params }) => registry.listDependents(principal.organizationId, params.slug),
  };
}

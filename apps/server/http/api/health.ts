import type { Registry } from '@pipelines/registry';
import type { Handlers } from './route-table.ts';

export interface HealthDependencies {
  readonly registry: Pick<Registry, 'getModelHealth' | 'listReplicas'>;
}

/** How models do, and where their changes have arrived. */
export function healthHandlers({ registry }: HealthDependencies): Handlers<'getModelHealth' | 'listReplicas'> {
  return {
    getModelHealth: ({ principal, params }) => registry.getModelHealth(principal.organizationId, params.slug),
    listReplicas: () => registry.listReplicas(),
  };
}

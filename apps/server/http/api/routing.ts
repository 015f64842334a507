import type { Gateway } from '@pipelines/gateway';
import type { Registry } from '@pipelines/registry';
import { fillStates } from './fill-route-states.ts';
import type { Handlers } from './route-table.ts';

export interface RoutingDependencies {
  readonly registry: Registry;
  readonly gateway: Pick<Gateway, 'listRouteStates' | 'forgetAnswers'>;
}

type RoutingOperation =
  | 'getModelRouting'
  | 'updateModelRouting'
  | 'addModelCredential'
  | 'removeModelCredential'
  | 'purgeCachedAnswers'
  | 'listAliases'
  | 'createAlias'
  | 'updateAlias'
  | 'deleteAlias';

export function routingHandlers({ registry, gateway }: RoutingDependencies): Handlers<RoutingOperation> {
  const withStates = async (organizationId: string, slug: string, routing: ReturnType<Registry['getModelRouting']>) =>
    fillStates(await routing, gateway.listRouteStates(organizationId, slug));
  return {
    getModelRouting: ({ principal: { organizationId }, params: { slug } }) =>
      withStates(organizationId, slug, registry.getModelRouting(organizationId, slug)),
    updateModelRouting: ({ principal, params: { slug }, body }) =>
      withStates(principal.organizationId, slug, registry.updateModelRouting(principal, slug, body)),
    addModelCredential: ({ principal, params: { slug }, body }) =>
      withStates(principal.organizationId, slug, registry.addModelCredential(principal, slug, body)),
    removeModelCredential: ({ principal, params }) => registry.removeModelCredential(principal, params.slug, params.id),
    async purgeCachedAnswers({ principal, params: { slug } }) {
      await registry.purgeCachedAnswers(principal, slug);
      gateway.forgetAnswers(principal.organizationId, slug);
    },
    listAliases: async ({ principal }) => ({ data: await registry.listAliases(principal.organizationId) }),
    createAlias: ({ principal, body }) => registry.createAlias(principal, body.name, body.slug),
    updateAlias: ({ principal, params, body }) => registry.updateAlias(principal, params.name, body.slug),
    deleteAlias: ({ principal, params }) => registry.deleteAlias(principal, params.name),
  };
}

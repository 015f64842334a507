import type { RegistryDependencies } from './models.ts';
import type { Handlers } from './route-table.ts';

export function providerHandlers({ registry }: RegistryDependencies): Handlers<'listProviders' | 'listProviderModels'> {
  return {
    listProviders: () => ({ data: registry.listProviders() }),
    listProviderModels: async ({ principal, params, body, signal }) => ({
      data: await registry.listProviderModels(principal, params.provider, body, signal),
    }),
  };
}

import type { RegistryDependencies } from './models.ts';
import type { Handlers } from './route-table.ts';

type CatalogueOperation = 'getCatalogue' | 'syncCatalogue' | 'listCatalogueModels' | 'listCatalogueChanges';

export function catalogueHandlers({ registry }: RegistryDependencies): Handlers<CatalogueOperation> {
  const { catalogue } = registry;
  return {
    getCatalogue: () => catalogue.describe(),
    syncCatalogue: ({ signal }) => catalogue.sync(signal),
    listCatalogueModels: ({ principal, query }) => catalogue.listModels(query, principal.organizationId),
    listCatalogueChanges: ({ query }) => catalogue.listChanges(query),
  };
}

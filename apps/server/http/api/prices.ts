import type { RegistryDependencies } from './models.ts';
import type { Handlers } from './route-table.ts';

type PriceOperation = 'listModelPrices' | 'checkModelPrices' | 'listPriceProposals' | 'acceptPriceProposal' | 'dismissPriceProposal';

export function priceHandlers({ registry: { priceBook } }: RegistryDependencies): Handlers<PriceOperation> {
  return {
    listModelPrices: ({ principal, params, query }) => priceBook.listPrices(principal.organizationId, params.slug, query),
    checkModelPrices: ({ principal, params, signal }) => priceBook.checkPrices(principal, params.slug, signal),
    listPriceProposals: ({ principal, query }) => priceBook.listProposals(principal.organizationId, query),
    acceptPriceProposal: ({ principal, params }) => priceBook.acceptProposal(principal, params.id),
    dismissPriceProposal: ({ principal, params }) => priceBook.dismissProposal(principal, params.id),
  };
}

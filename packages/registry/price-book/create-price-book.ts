import type {
  Model,
  PriceCheck,
  PriceProposal,
  Principal,
  pricePeriodPageSchema,
  priceProposalPageSchema,
  priceProposalQuerySchema,
} from '@pipelines/contracts';
import type { z } from 'zod';
import type { RegistryContext } from '../registry-context.ts';
import { checkModelPrices } from './check-prices.ts';
import { acceptProposal, dismissProposal } from './decide-proposal.ts';
import { keepCheckingPrices } from './keep-checking.ts';
import { listPrices } from './list-prices.ts';
import { listProposals } from './list-proposals.ts';

/** What models cost and have cost, and what the sources say of it. No source ever changes the price of a custom model by itself. */
export interface PriceBook {
  /** Every price set of a model, newest first. @throws PipelinesError `model_not_found` */
  listPrices(
    organizationId: string,
    slug: string,
    query: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<z.infer<typeof pricePeriodPageSchema>>;
  /** Looks at the sources now. @throws PipelinesError `model_not_found`, `platform_model_immutable`, `model_inactive`, `rate_limited` */
  checkPrices(principal: Principal, slug: string, signal: AbortSignal): Promise<PriceCheck>;
  listProposals(organizationId: string, query: z.output<typeof priceProposalQuerySchema>): Promise<z.infer<typeof priceProposalPageSchema>>;
  /** @throws PipelinesError `not_found`, `conflict`, `model_inactive` */
  acceptProposal(principal: Principal, id: string): Promise<Model>;
  /** @throws PipelinesError `not_found`, `conflict` */
  dismissProposal(principal: Principal, id: string): Promise<PriceProposal>;
  /** Looks at the sources from time to time. Returns how to stop. */
  keepChecking(): () => Promise<void>;
}

/** @param checkEveryMs null: only when asked */
export function createPriceBook(context: RegistryContext, checkEveryMs: number | null): PriceBook {
  const { db } = context.database;
  return {
    listPrices: (organizationId, slug, query) => listPrices(db, organizationId, slug, query),
    checkPrices: (principal, slug, signal) => checkModelPrices(context, principal, slug, signal),
    listProposals: (organizationId, query) => listProposals(db, organizationId, query),
    acceptProposal: (principal, id) => acceptProposal(context, principal, id),
    dismissProposal: (principal, id) => dismissProposal(context, principal, id),
    keepChecking: () => (checkEveryMs === null ? async () => undefined : keepCheckingPrices(context, checkEveryMs)),
  };
}

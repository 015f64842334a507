import type { Identity } from '@pipelines/identity';
import type { ContentLog, Usage } from '@pipelines/usage';
import type { Handlers } from './route-table.ts';

export interface UsageDependencies {
  readonly usage: Pick<Usage, 'listAttempts' | 'getAttempt' | 'sumUsage' | 'sumSavings' | 'listCostComparisons'>;
  readonly contents: Pick<ContentLog, 'read'>;
  readonly identity: Pick<Identity, 'listAuditLog'>;
}

/** What happened: calls to providers, their sums, and changes. */
export function usageHandlers({
  usage,
  contents,
  identity,
}: UsageDependencies): Handlers<
  'listAttempts' | 'getAttempt' | 'getAttemptContent' | 'getUsage' | 'getCacheSavings' | 'listCostComparisons' | 'listAuditLog'
> {
  return {
    listAttempts: ({ principal, query }) => usage.listAttempts(principal.organizationId, query),
    getAttempt: ({ principal, params }) => usage.getAttempt(principal.organizationId, params.id),
    getAttemptContent: ({ principal, params }) => contents.read(principal, params.id),
    getUsage: ({ principal, query }) => usage.sumUsage(principal.organizationId, query),
    getCacheSavings: ({ principal, query }) => usage.sumSavings(principal.organizationId, query),
    listCostComparisons: ({ principal, query }) => usage.listCostComparisons(principal.organizationId, query),
    listAuditLog: ({ principal, query }) => identity.listAuditLog(principal.organizationId, query),
  };
}

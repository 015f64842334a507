import { z } from 'zod';

export const catalogueTabs = ['changes', 'models'] as const;
export type CatalogueTab = (typeof catalogueTabs)[number];

export const catalogueSearchSchema = z.object({
  tab: z.enum(catalogueTabs).optional().catch(undefined),
  of: z.literal('all').optional().catch(undefined),
  search: z.string().max(200).optional().catch(undefined),
});

import { capabilities, modelHealthWordSchema, modelKindSchema, modelStatusSchema } from '@pipelines/contracts';
import { z } from 'zod';

/** The filters of the list, as they stand in the address. What cannot be read is left out. */
export const modelListSearchSchema = z.object({
  search: z.string().max(200).optional().catch(undefined),
  kind: modelKindSchema.optional().catch(undefined),
  capability: z.enum(capabilities).optional().catch(undefined),
  status: modelStatusSchema.optional().catch(undefined),
  health: modelHealthWordSchema.optional().catch(undefined),
  /** The ID of a credential: only the models that it serves. */
  credential: z.uuid().optional().catch(undefined),
  /** The dialog "Add custom model" is open. */
  add: z.boolean().optional().catch(undefined),
});
export type ModelListSearch = z.infer<typeof modelListSearchSchema>;

export function hasFilters(search: ModelListSearch): boolean {
  return Boolean(search.search || search.kind || search.capability || search.status || search.health || search.credential);
}

export const noFilters = {
  search: undefined,
  kind: undefined,
  capability: undefined,
  status: undefined,
  health: undefined,
  credential: undefined,
};

import type { Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import type { RegistryContext } from '../registry-context.ts';
import { changeModel, isModel } from './change-model.ts';

/** From the next call on no process gives an answer again that it keeps of the model. @throws PipelinesError as `changeModel` */
export async function purgeCachedAnswers(context: RegistryContext, principal: Principal, slug: string): Promise<void> {
  const { models, platformModelRoutings: routings } = schema;
  const change = { action: 'model.cache_purged', fieldNames: ['cached_answers'] };
  await changeModel(context, principal, slug, change, {
    custom: async (tx, model) => {
      await tx
        .update(models)
        .set({ cacheEpoch: sql`${models.cacheEpoch} + 1` })
        .where(isModel(model));
    },
    platform: async (tx, place) => {
      await tx
        .insert(routings)
        .values({ ...place, cacheEpoch: 1 })
        .onConflictDoUpdate({ target: [routings.organizationId, routings.slug], set: { cacheEpoch: sql`${routings.cacheEpoch} + 1` } });
    },
  });
}

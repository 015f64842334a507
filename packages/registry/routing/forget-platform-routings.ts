import { schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { eq } from 'drizzle-orm';

/** What organizations have set for a model that is offered no more goes with it; each finds that in its audit log. */
export async function forgetPlatformRoutings(tx: Transaction, slug: string): Promise<void> {
  const { platformModelRoutings: routings } = schema;
  const gone = await tx.delete(routings).where(eq(routings.slug, slug)).returning({ organizationId: routings.organizationId });
  for (const { organizationId } of gone) {
    const system = { organizationId, actor: { type: 'system', id: null } } as const;
    await recordAudit(tx, system, 'model.routing_removed', { type: 'model', id: slug }, ['routing']);
  }
}

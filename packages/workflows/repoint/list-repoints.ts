import type { Principal, RepointEntry } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, count, desc, eq, or } from 'drizzle-orm';
import type { WorkflowsContext } from '../workflows-context.ts';

const { repoints, repointChanges, members } = schema;
const newest = 20;

/** The newest repoints from or to a model, newest first. @throws PipelinesError `model_not_found` */
export async function listRepoints(
  { database: { db }, registry }: WorkflowsContext,
  { organizationId }: Principal,
  slug: string,
): Promise<{ data: RepointEntry[] }> {
  await registry.getModel(organizationId, slug);
  const rows = await db
    .select({
      repoint: repoints,
      memberName: members.name,
      workflows: count(repointChanges.workflowId),
      apiKeys: count(repointChanges.apiKeyId),
    })
    .from(repoints)
    .innerJoin(repointChanges, and(eq(repointChanges.organizationId, repoints.organizationId), eq(repointChanges.repointId, repoints.id)))
    .leftJoin(members, and(eq(members.organizationId, repoints.organizationId), eq(members.id, repoints.createdBy)))
    .where(and(eq(repoints.organizationId, organizationId), or(eq(repoints.fromSlug, slug), eq(repoints.toSlug, slug))))
    .groupBy(repoints.organizationId, repoints.id, members.name)
    .orderBy(desc(repoints.createdAt), desc(repoints.id))
    .limit(newest);
  return {
    data: rows.map(({ repoint, memberName, workflows, apiKeys }) => ({
      id: repoint.id,
      from: repoint.fromSlug,
      to: repoint.toSlug,
      workflows,
      api_keys: apiKeys,
      created_by: memberName,
      created_at: repoint.createdAt.toISOString(),
      undone_at: repoint.undoneAt?.toISOString() ?? null,
    })),
  };
}

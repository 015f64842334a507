import { PipelinesError } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { validate } from 'uuid';

const { toolEndpoints, tools } = schema;
export type ToolEndpointRow = typeof toolEndpoints.$inferSelect;
export type ToolRow = typeof tools.$inferSelect;

const isLiving = (organizationId: string) => and(eq(toolEndpoints.organizationId, organizationId), isNull(toolEndpoints.deletedAt));

export const isToolEndpoint = (organizationId: string, id: string) => and(isLiving(organizationId), eq(toolEndpoints.id, id));

/** @throws PipelinesError `not_found`, for another organization's and a deleted one too */
export async function findToolEndpoint(db: Queries | Transaction, organizationId: string, id: string): Promise<ToolEndpointRow> {
  const [row] = validate(id) ? await db.select().from(toolEndpoints).where(isToolEndpoint(organizationId, id)) : [];
  if (!row) throw unknownToolEndpoint();
  return row;
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockToolEndpoint(tx: Transaction, organizationId: string, id: string): Promise<ToolEndpointRow> {
  const [row] = validate(id) ? await tx.select().from(toolEndpoints).where(isToolEndpoint(organizationId, id)).for('update') : [];
  if (!row) throw unknownToolEndpoint();
  return row;
}

const unknownToolEndpoint = () => new PipelinesError('not_found', { detail: 'There is no such tool endpoint.' });

/** Those of these IDs that there are; an ID that is none finds nothing. */
export async function findToolEndpoints(
  db: Queries | Transaction,
  organizationId: string,
  ids: readonly string[],
): Promise<ToolEndpointRow[]> {
  const valid = ids.filter((id) => validate(id));
  if (valid.length === 0) return [];
  return db
    .select()
    .from(toolEndpoints)
    .where(and(isLiving(organizationId), inArray(toolEndpoints.id, valid)));
}

/** The tools of these endpoints, in each endpoint's own order. */
export async function readTools(
  db: Queries | Transaction,
  organizationId: string,
  endpointIds: readonly string[],
): Promise<(endpointId: string) => readonly ToolRow[]> {
  const rows =
    endpointIds.length === 0
      ? []
      : await db
          .select()
          .from(tools)
          .where(and(eq(tools.organizationId, organizationId), inArray(tools.endpointId, [...endpointIds])))
          .orderBy(asc(tools.position), asc(tools.name));
  const byEndpoint = new Map<string, ToolRow[]>();
  for (const row of rows) {
    const known = byEndpoint.get(row.endpointId);
    if (known) known.push(row);
    else byEndpoint.set(row.endpointId, [row]);
  }
  return (endpointId) => byEndpoint.get(endpointId) ?? [];
}

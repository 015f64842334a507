import { PipelinesError, type Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, sql } from 'drizzle-orm';
import type { ToolsContext } from '../tools-context.ts';
import { readToolDependents } from './list-tool-dependents.ts';
import { isToolEndpoint, lockToolEndpoint } from './tool-endpoint-rows.ts';

const namesShown = 5;

/**
 * Takes an endpoint away with its secret and its tools; its row stays for the calls that were made.
 *
 * @param options `confirm`: although active workflows use it
 * @throws PipelinesError `tool_endpoint_in_use` with the count and names, `not_found`
 */
export async function deleteToolEndpoint(
  { database }: ToolsContext,
  principal: Principal,
  id: string,
  { confirm }: { readonly confirm: boolean },
): Promise<void> {
  const { organizationId } = principal;
  const { toolEndpoints, tools } = schema;
  await database.db.transaction(async (tx) => {
    const row = await lockToolEndpoint(tx, organizationId, id);
    if (!confirm) await requireUnused(tx, organizationId, row.id);
    await tx.delete(tools).where(and(eq(tools.organizationId, organizationId), eq(tools.endpointId, row.id)));
    await tx
      .update(toolEndpoints)
      .set({ sealed: null, dataKeyVersion: null, preview: null, document: null, deletedAt: sql`now()`, updatedAt: sql`now()` })
      .where(isToolEndpoint(organizationId, row.id));
    await recordAudit(tx, principal, 'tool_endpoint.deleted', { type: 'tool_endpoint', id: row.id });
  });
}

async function requireUnused(tx: Transaction, organizationId: string, id: string): Promise<void> {
  const { count, data } = await readToolDependents(tx, organizationId, id);
  if (count === 0) return;
  const names = [...new Set(data.map((dependent) => dependent.name))];
  const shown = names.slice(0, namesShown).map((name) => `“${name}”`);
  const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : '';
  throw new PipelinesError('tool_endpoint_in_use', {
    detail: `${count} active ${count === 1 ? 'workflow uses' : 'workflows use'} this tool endpoint: ${shown.join(', ')}${more}.`,
  });
}

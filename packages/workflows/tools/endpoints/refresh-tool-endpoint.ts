import { PipelinesError, type Principal, type ToolRefresh } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { sql } from 'drizzle-orm';
import type { ToolsContext } from '../tools-context.ts';
import { describeOutcome } from './describe-outcome.ts';
import { getToolEndpoint } from './get-tool-endpoint.ts';
import { lookAtEndpoint } from './look-at-endpoint.ts';
import { findToolEndpoint, isToolEndpoint, lockToolEndpoint } from './tool-endpoint-rows.ts';
import { placeOfRow } from './tool-place.ts';
import { type ToolChanges, writeTools } from './write-tools.ts';

const noChanges: ToolChanges = { added: [], changed: [], removed: [] };

/**
 * Reads the tools again. What an endpoint has failed to tell stays as it was.
 *
 * @throws PipelinesError `rate_limited`, `credential_unreadable`, `not_found`
 */
export async function refreshToolEndpoint(
  context: ToolsContext,
  principal: Principal,
  id: string,
  signal: AbortSignal,
): Promise<ToolRefresh> {
  const { organizationId } = principal;
  const row = await findToolEndpoint(context.database.db, organizationId, id);
  const place = await placeOfRow(context, row);
  const { cause, latencyMs, found } = await context.limiter.run(principal, () => lookAtEndpoint(context, row.kind, place, signal));
  const changes = await context.database.db.transaction(async (tx) => {
    const now = await lockToolEndpoint(tx, organizationId, row.id);
    if (now.url !== row.url || now.documentUrl !== row.documentUrl || now.document !== row.document) throw new PipelinesError('conflict');
    const written = cause === null ? await writeTools(tx, row, found.tools) : noChanges;
    await tx
      .update(schema.toolEndpoints)
      .set({ lastRefreshAt: sql`now()`, lastRefreshCause: cause })
      .where(isToolEndpoint(organizationId, row.id));
    await recordAudit(tx, principal, 'tool_endpoint.refreshed', { type: 'tool_endpoint', id: row.id }, ['tools']);
    return written;
  });
  return {
    ...describeOutcome(cause, found.tools.length),
    latency_ms: latencyMs,
    ...changes,
    left_out: found.leftOut,
    endpoint: await getToolEndpoint(context, principal, row.id),
  };
}

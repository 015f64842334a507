import type { Principal, ToolEndpointDetail } from '@pipelines/contracts';
import type { ToolsContext } from '../tools-context.ts';
import { presentToolEndpointDetail } from './present-tool-endpoint.ts';
import { findToolEndpoint, readTools } from './tool-endpoint-rows.ts';

/** @throws PipelinesError `not_found` */
export async function getToolEndpoint(
  { database: { db } }: Pick<ToolsContext, 'database'>,
  { organizationId }: Principal,
  id: string,
): Promise<ToolEndpointDetail> {
  const row = await findToolEndpoint(db, organizationId, id);
  const toolsOf = await readTools(db, organizationId, [row.id]);
  return presentToolEndpointDetail(row, toolsOf(row.id));
}

import type { Tool, ToolCause, ToolEndpoint, ToolEndpointDetail } from '@pipelines/contracts';
import type { Operation } from '../http/operation.ts';
import type { DiscoveredTool } from '../tool-protocol.ts';
import { describeOutcome } from './describe-outcome.ts';
import type { ToolEndpointRow, ToolRow } from './tool-endpoint-rows.ts';

/** A list shows the beginning of what a tool says of itself. */
const shownOfDescription = 300;

export function presentToolEndpoint(row: ToolEndpointRow, tools: readonly ToolRow[]): ToolEndpoint {
  return {
    ...presentHead(row, tools.length),
    tools: tools.map(({ name, description, enabled }) => ({ name, description: description.slice(0, shownOfDescription), enabled })),
  };
}

export function presentToolEndpointDetail(row: ToolEndpointRow, tools: readonly ToolRow[]): ToolEndpointDetail {
  return {
    ...presentHead(row, tools.length),
    tools: tools.map((tool) => ({ ...presentTool({ ...tool, operation: tool.operation }), enabled: tool.enabled })),
  };
}

export function presentTool({ name, description, inputSchema, operation }: DiscoveredTool): Omit<Tool, 'enabled'> {
  const { method, path } = (operation ?? {}) as Partial<Operation>;
  return { name, description, input_schema: inputSchema, operation: method === undefined ? null : `${method} ${path}` };
}

function presentHead(row: ToolEndpointRow, toolCount: number): Omit<ToolEndpoint, 'tools'> {
  const { lastRefreshAt } = row;
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    url: row.url,
    document_url: row.documentUrl,
    auth_kind: row.authKind,
    credential_preview: row.preview,
    enabled: row.enabled,
    last_refresh: lastRefreshAt && {
      ...describeOutcome(row.lastRefreshCause as ToolCause | null, toolCount),
      at: lastRefreshAt.toISOString(),
    },
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

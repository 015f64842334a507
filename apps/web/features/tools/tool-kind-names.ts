import type { ToolAuthKind, ToolEndpointKind } from '@pipelines/contracts';

export const toolKindNames: Record<ToolEndpointKind, string> = { mcp: 'MCP server', http: 'HTTP service' };

export const toolAuthNames: Record<ToolAuthKind, string> = { none: 'None', bearer: 'Bearer token', headers: 'Secret headers' };

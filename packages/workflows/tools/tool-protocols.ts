import type { ToolEndpointKind } from '@pipelines/contracts';
import { httpProtocol } from './http/http-protocol.ts';
import { mcpProtocol } from './mcp/mcp-protocol.ts';
import type { ToolProtocol } from './tool-protocol.ts';

export const toolProtocols: Record<ToolEndpointKind, ToolProtocol> = { mcp: mcpProtocol, http: httpProtocol };

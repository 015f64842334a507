import { maxToolsOfEndpoint } from '@pipelines/contracts';
import { ToolError } from '../tool-error.ts';
import type { Discovered, DiscoveredTool, ToolAnswer, ToolProtocol } from '../tool-protocol.ts';
import { McpSession } from './mcp-session.ts';

/** A list that goes on for ever must end. */
const maxPages = 50;

export const mcpProtocol: ToolProtocol = {
  async discover(doors, place, signal) {
    const { url } = place;
    if (url === null) throw new ToolError('not_found');
    const session = new McpSession(doors, { ...place, url });
    try {
      return await listTools(session, signal);
    } finally {
      await session.close();
    }
  },

  connect(doors, place) {
    const session = new McpSession(doors, place);
    return {
      async call({ tool, arguments: args, signal }) {
        const answer = await session.ask('tools/call', { name: tool.name, arguments: args }, signal);
        return answer.ok ? readResult(answer.result) : { ok: false, text: answer.message };
      },
      close: () => session.close(),
    };
  },
};

async function listTools(session: McpSession, signal: AbortSignal): Promise<Discovered> {
  const tools = new Map<string, DiscoveredTool>();
  let leftOut = 0;
  let cursor: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const answer = await session.ask('tools/list', cursor === null ? {} : { cursor }, signal);
    if (!answer.ok) throw new ToolError('mcp_failed');
    const { tools: listed, nextCursor } = answer.result;
    if (!Array.isArray(listed)) throw new ToolError('not_mcp');
    for (const each of listed) {
      const tool = readTool(each);
      if (tool === null || tools.has(tool.name) || tools.size >= maxToolsOfEndpoint) leftOut += 1;
      else tools.set(tool.name, tool);
    }
    if (typeof nextCursor !== 'string' || tools.size >= maxToolsOfEndpoint) break;
    cursor = nextCursor;
  }
  return { tools: [...tools.values()], leftOut, suggestedUrl: null };
}

function readTool(value: unknown): DiscoveredTool | null {
  if (typeof value !== 'object' || value === null) return null;
  const { name, description, inputSchema } = value as Record<string, unknown>;
  if (typeof name !== 'string' || name.length === 0 || name.length > 128) return null;
  const isSchema = typeof inputSchema === 'object' && inputSchema !== null && !Array.isArray(inputSchema);
  return {
    name,
    description: typeof description === 'string' ? description : '',
    inputSchema: isSchema ? (inputSchema as Record<string, unknown>) : { type: 'object', properties: {} },
    operation: null,
  };
}

/** The text of an answer. Pictures and sounds are named, not passed on. */
function readResult({ content, structuredContent, isError }: Readonly<Record<string, unknown>>): ToolAnswer {
  const parts = (Array.isArray(content) ? content : []).map(readPart).filter((text) => text !== '');
  const text = parts.length === 0 && structuredContent !== undefined ? JSON.stringify(structuredContent) : parts.join('\n');
  return { ok: isError !== true, text };
}

function readPart(part: unknown): string {
  if (typeof part !== 'object' || part === null) return '';
  const { type, text, resource, uri, mimeType } = part as Record<string, unknown>;
  if (type === 'text' && typeof text === 'string') return text;
  if (type === 'resource' && typeof resource === 'object' && resource !== null) {
    const inner = (resource as Record<string, unknown>).text;
    return typeof inner === 'string' ? inner : '[a resource that is not text]';
  }
  if (type === 'resource_link') return typeof uri === 'string' ? uri : '';
  return `[${typeof mimeType === 'string' ? mimeType : 'something'} that is not text]`;
}

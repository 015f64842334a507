import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { z } from 'zod';

export interface TestMcpServer {
  readonly url: string;
  /** Every request's authorization. */
  readonly authorizations: (string | undefined)[];
  /** What `get_weather` was asked, in order. */
  readonly asked: unknown[];
  /** Sessions that are open. */
  sessionCount(): number;
  /** Forgets every session while the next `get_weather` is answered, as a restart does. */
  forgetSoon(): void;
  /** From the next session on there is another tool, and one less. */
  change(): void;
  close(): Promise<void>;
}

export interface McpServerOptions {
  readonly token?: string;
  /** Answers as JSON instead of an event stream. */
  readonly json?: boolean;
}

/** A real MCP server: the official SDK's, on loopback. */
export async function startMcpServer({ token, json = false }: McpServerOptions = {}): Promise<TestMcpServer> {
  const authorizations: (string | undefined)[] = [];
  const asked: unknown[] = [];
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  let changed = false;
  let forgets = false;

  function noteAsked(input: unknown): void {
    asked.push(input);
    if (forgets) sessions.clear();
    forgets = false;
  }

  async function openSession(): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      enableJsonResponse: json,
      onsessioninitialized: (id) => void sessions.set(id, transport),
      onsessionclosed: (id) => void sessions.delete(id),
    });
    // The SDK's own declarations are not written for exact optional properties.
    await createTools(noteAsked, changed).connect(transport as Transport);
    return transport;
  }

  const server = createServer(async (request, response) => {
    authorizations.push(request.headers.authorization);
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end('who are you?');
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    if (id !== undefined && !known) return void response.writeHead(404).end();
    const transport = known ?? (await openSession());
    await transport.handleRequest(request, response, request.method === 'POST' ? await readJson(request) : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    authorizations,
    asked,
    sessionCount: () => sessions.size,
    forgetSoon() {
      forgets = true;
    },
    change() {
      changed = true;
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function createTools(noteAsked: (input: unknown) => void, changed: boolean): McpServer {
  const server = new McpServer({ name: 'weather', version: '1.0.0' });
  const city = { city: z.string().describe('Name of the city') };
  server.registerTool('get_weather', { description: 'The weather of a city', inputSchema: city }, (input) => {
    noteAsked(input);
    return { content: [{ type: 'text', text: `Sunny in ${input.city}` }] };
  });
  server.registerTool('fail', { description: 'Never works' }, () => ({ isError: true, content: [{ type: 'text', text: 'It broke' }] }));
  const late = changed ? 'forecast' : 'alerts';
  server.registerTool(late, { description: 'More' }, () => ({
    content: [
      { type: 'text', text: 'None' },
      { type: 'image', mimeType: 'image/png', data: 'iVBORw0KGgo=' },
    ],
  }));
  return server;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const piece of request) text += piece;
  return JSON.parse(text);
}

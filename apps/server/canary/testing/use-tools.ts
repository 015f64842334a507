import { startMcpServer, startWeatherService } from '@pipelines/workflows/testing';
import { waitUntil } from '../../faults/testing/wait-until.ts';
import type { ApiClient } from '../../testing/index.ts';
import { type Canary, makeSecret, watch } from './canaries.ts';
import { type EchoingFront, echoes, startEchoingFront } from './echoing-front.ts';

/** A server of tools behind an echoing front, with the secrets that only it may see. */
export interface ToolServer {
  readonly name: string;
  readonly front: EchoingFront;
  readonly canaries: readonly Canary[];
  /** The fields of an endpoint, with the first secret or the second. */
  body(secret: 0 | 1): Readonly<Record<string, unknown>>;
}

export interface ToolServers {
  readonly servers: readonly ToolServer[];
  close(): Promise<void>;
}

export async function startToolServers(): Promise<ToolServers> {
  const [mcp, weather] = await Promise.all([startMcpServer(), startWeatherService()]);
  const [mcpFront, httpFront] = await Promise.all([
    startEchoingFront('MCP server', new URL(mcp.url).origin),
    startEchoingFront('HTTP service', weather.origin),
  ]);
  const [tokens, keys] = [
    [makeSecret('mt'), makeSecret('mt')],
    [makeSecret('hk'), makeSecret('hk')],
  ] as const;
  const watched = (name: string, secrets: readonly string[]) => secrets.map((text, index) => watch(`${name} ${index + 1}`, text));
  return {
    servers: [
      {
        name: 'MCP server',
        front: mcpFront,
        canaries: watched('MCP token', tokens),
        body: (secret) => ({ kind: 'mcp', url: `${mcpFront.origin}/mcp`, auth_kind: 'bearer', credential: { token: tokens[secret] } }),
      },
      {
        name: 'HTTP service',
        front: httpFront,
        canaries: watched('header of an HTTP service', keys),
        body: (secret) => ({
          ...{ kind: 'http', url: `${httpFront.origin}/v1`, document_url: `${httpFront.origin}/v1/openapi.json` },
          ...{ auth_kind: 'headers', credential: { headers: { 'X-Api-Key': keys[secret] } } },
        }),
      },
    ],
    close: async () => void (await Promise.all([mcpFront, httpFront, mcp, weather].map((each) => each.close()))),
  };
}

/** The life of a tool endpoint: looked at, saved, called by a step, its secret replaced, betrayed in every way, deleted. Answers how its tasks ended while all was well. */
export async function useToolServer({ name, front, body }: ToolServer, model: string, admin: ApiClient): Promise<string[]> {
  front.echo(null);
  const { kind: _, ...changes } = body(1);
  const created = await admin.call('POST', '/api/tool-endpoints', { body: { ...body(0), name } });
  if (created.status !== 201) throw new Error(`The tool endpoint was not saved: ${created.text}`);
  const { id } = created.json<{ id: string }>();
  const workflow = await publish(admin, model, id, name);
  const states = [await run(admin, workflow)];
  await admin.call('PATCH', `/api/tool-endpoints/${id}`, { body: changes });
  states.push(await run(admin, workflow));
  for (const mode of echoes) {
    front.echo(mode);
    await admin.call('POST', `/api/tool-endpoints/${id}/refresh`);
  }
  for (const mode of ['status 400', 'plain text', 'string', 'html', 'redirect'] as const) {
    front.echo(mode);
    await run(admin, workflow);
  }
  await admin.call('POST', '/api/tool-endpoints/discoveries', { body: body(1) });
  for (const path of ['/api/tool-endpoints', `/api/tool-endpoints/${id}`, '/api/audit-log']) await admin.call('GET', path);
  await admin.call('DELETE', `/api/tool-endpoints/${id}?confirm=true`);
  front.echo(null);
  return states;
}

/** An LLM step that has every tool of the endpoint, and whose prompt makes the fake model call one. */
async function publish(admin: ApiClient, model: string, endpointId: string, name: string): Promise<string> {
  const position = { x: 0, y: 0 };
  const llm = {
    ...{ model, fallback_model: null, system_prompt: '', user_prompt: 'Use get_weather or getWeather', temperature: null },
    ...{ max_tokens: null, tools: [{ endpoint_id: endpointId, tools: null }], max_tool_rounds: 1, images: [] },
    ...{ reasoning: { effort: null, max_tokens: null }, output: { type: 'text' }, retries: 0, timeout_seconds: 30 },
  };
  const graph = {
    steps: [
      { kind: 'start', name: 'start', title: 'Start', position, config: { fields: [] } },
      { kind: 'llm', name: 'ask', title: 'Ask', position, config: llm },
      { kind: 'end', name: 'end', title: 'End', position, config: { mapping: [] } },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'next', to: 'end' },
    ],
  };
  const { id, revision } = (await admin.call('POST', '/api/workflows', { body: { name, graph } })).json<{ id: string; revision: number }>();
  const published = await admin.call('POST', `/api/workflows/${id}/publish`, { body: { revision } });
  if (published.status !== 200) throw new Error(`The workflow was not published: ${published.text}`);
  return id;
}

/** One task, read as its page reads it. Its state, with the states of its tool calls. */
async function run(admin: ApiClient, workflowId: string): Promise<string> {
  await admin.call('POST', `/api/workflows/${workflowId}/tasks`, { body: { tasks: [{ input: {} }] } });
  let state = '';
  let id = '';
  await waitUntil('the task', async () => {
    const [task] = (await admin.call('GET', `/api/workflows/${workflowId}/tasks?limit=1`)).json<{ data: { id: string; state: string }[] }>()
      .data;
    [id, state] = [task?.id ?? '', task?.state ?? ''];
    return state === 'finished' || state === 'failed';
  });
  const detail = (await admin.call('GET', `/api/tasks/${id}`)).json<{ steps: { tool_calls: { status: string }[] }[] }>();
  return [state, ...detail.steps.flatMap((step) => step.tool_calls.map((call) => call.status))].join(' ');
}

import { schema } from '@pipelines/database';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphOf, stepOf } from '../__fixtures__/build-graph.ts';
import { refusal } from '../__fixtures__/refusal.ts';
import { startTestWorkflows, type TestWorkflows } from '../__fixtures__/start-test-workflows.ts';
import { startMcpServer, type TestMcpServer } from '../testing/start-mcp-server.ts';
import { documentOf, startWeatherService, type WeatherService } from '../testing/start-weather-service.ts';
import type { Tools } from './tools.ts';

const token = 'mcp-token-0123456789abcdef';
const mcpCredential = { auth_kind: 'bearer', credential: { token } } as const;
const httpCredential = { auth_kind: 'headers', credential: { headers: { 'X-Api-Key': 'weather-key-0123456789' } } } as const;
let stand: TestWorkflows;
let tools: Tools;
let mcp: TestMcpServer;
let weather: WeatherService;
beforeAll(async () => {
  [stand, mcp, weather] = await Promise.all([startTestWorkflows(), startMcpServer({ token }), startWeatherService()]);
  tools = stand.tools;
});
afterAll(async () => {
  await Promise.all([mcp.close(), weather.close(), stand.close()]);
});

/** Nine times nine times … the same few letters. */
const yamlBomb = [
  'openapi: 3.0.0',
  'paths: {}',
  'a0: &a0 [x]',
  ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`)}]`),
].join('\n');
const signal = () => AbortSignal.timeout(30_000);
let names = 0;
const addMcp = () => {
  names += 1;
  return tools.createEndpoint(stand.admin, { kind: 'mcp', name: `Weather ${names}`, url: mcp.url, ...mcpCredential }, signal());
};
const addHttp = () => {
  names += 1;
  const { url, documentUrl } = weather;
  return tools.createEndpoint(
    stand.admin,
    { kind: 'http', name: `Service ${names}`, url, document_url: documentUrl, ...httpCredential },
    signal(),
  );
};

describe('an MCP server', () => {
  it('is looked at, saved, and told what it offers', async () => {
    const looked = await tools.discover(stand.admin, { kind: 'mcp', url: mcp.url, ...mcpCredential }, signal());
    expect(looked).toMatchObject({ passed: true, cause: null, left_out: 0 });
    expect(looked.tools.map((tool) => tool.name)).toEqual(['get_weather', 'fail', 'alerts']);
    expect(looked.tools[0]?.input_schema).toMatchObject({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] });

    const saved = await addMcp();
    expect(saved).toMatchObject({
      kind: 'mcp',
      url: mcp.url,
      enabled: true,
      credential_preview: 'mcp…cdef',
      last_refresh: { passed: true },
    });
    expect(JSON.stringify(saved)).not.toContain(token);
    expect((await tools.listEndpoints(stand.admin, { limit: 50 })).data.map((each) => each.id)).toContain(saved.id);
    // Sessions are closed, not left for the server to time out.
    expect(mcp.sessionCount()).toBe(0);
  });

  it('is refreshed: what came, what went, and what people chose stays', async () => {
    const own = await startMcpServer({ json: true });
    try {
      const { id } = await tools.createEndpoint(stand.admin, { kind: 'mcp', name: 'Changing', url: own.url, auth_kind: 'none' }, signal());
      await tools.updateEndpoint(stand.admin, id, { tools: [{ name: 'fail', enabled: false }] });
      expect(await tools.refreshEndpoint(stand.admin, id, signal())).toMatchObject({ passed: true, added: [], changed: [], removed: [] });
      own.change();
      const { endpoint, ...told } = await tools.refreshEndpoint(stand.admin, id, signal());
      expect(told).toMatchObject({ added: ['forecast'], changed: [], removed: ['alerts'] });
      expect(endpoint.tools.map(({ name, enabled }) => [name, enabled])).toEqual([
        ['get_weather', true],
        ['fail', false],
        ['forecast', true],
      ]);
      await own.close();
      const failed = await tools.refreshEndpoint(stand.admin, id, signal());
      expect(failed).toMatchObject({ passed: false, cause: 'connection_refused', removed: [] });
      expect(failed.endpoint.tools).toHaveLength(3);
      expect(failed.endpoint.last_refresh).toMatchObject({ passed: false, cause: 'connection_refused' });
    } finally {
      await own.close().catch(() => undefined);
    }
  });

  it('that does not let us in is not saved', async () => {
    const body = { kind: 'mcp', name: 'Closed', url: mcp.url, auth_kind: 'bearer', credential: { token: 'wrong-token' } } as const;
    expect(await refusal(tools.createEndpoint(stand.admin, body, signal()))).toMatchObject({
      code: 'tool_discovery_failed',
      detail: 'It did not accept the credential.',
    });
  });
});

describe('an HTTP service', () => {
  it('has the operations of its document as tools', async () => {
    const saved = await addHttp();
    expect(saved.tools.map(({ name, operation }) => [name, operation])).toEqual([
      ['getWeather', 'GET /weather/{city}'],
      ['send_report', 'POST /reports'],
      ['get_stations', 'GET /stations'],
    ]);
    expect(saved.tools[0]?.input_schema).toEqual({
      type: 'object',
      properties: {
        city: { type: 'string', description: 'Its name' },
        days: { type: 'integer' },
        'X-Unit': { enum: ['C', 'F'] },
      },
      required: ['city'],
    });
    // What refers to itself ends.
    expect(saved.tools[1]?.input_schema).toEqual({
      type: 'object',
      properties: { body: { type: 'object', properties: { text: { type: 'string' }, about: {} }, required: ['text'] } },
      required: ['body'],
    });
  });

  it('may be pasted, in YAML too, and tells its address', async () => {
    const yaml = 'openapi: 3.0.3\nservers: [{url: "https://api.acme.test/v2"}]\npaths:\n  /x:\n    get: {operationId: x}\n';
    expect(await tools.discover(stand.admin, { kind: 'http', document: yaml, auth_kind: 'none' }, signal())).toMatchObject({
      passed: true,
      suggested_url: 'https://api.acme.test/v2',
      tools: [{ name: 'x' }],
    });
  });

  it.each([
    ['<html></html>', 'not_json_or_yaml'],
    ['{"swagger":"2.0","paths":{}}', 'old_openapi'],
    ['{"hello":"world"}', 'not_openapi'],
    ['{"openapi":"3.0.0","paths":{}}', 'no_tools'],
    [yamlBomb, 'not_json_or_yaml'],
  ])('%s: %s', async (document, cause) => {
    const looked = await tools.discover(stand.admin, { kind: 'http', document, auth_kind: 'none' }, signal());
    expect(looked).toMatchObject({ passed: false, cause, fix: expect.any(String) });
  });

  it('sends the credential for its document only where the document lies beneath its address', async () => {
    weather.seen.length = 0;
    await addHttp();
    expect(weather.seen[0]?.headers['x-api-key']).toBe('weather-key-0123456789');
    weather.seen.length = 0;
    const elsewhere = { kind: 'http', url: `${weather.origin}/v2`, document_url: weather.documentUrl, ...httpCredential } as const;
    expect(await tools.discover(stand.admin, elsewhere, signal())).toMatchObject({ passed: true, suggested_url: weather.url });
    expect(weather.seen[0]?.headers).not.toHaveProperty('x-api-key');
  });
});

describe('the credential of an endpoint', () => {
  it('stays for its destination, and is asked for again at another', async () => {
    const { id } = await addMcp();
    const other = await startMcpServer();
    try {
      for (const change of [{ url: other.url }, { auth_kind: 'headers' as const }]) {
        expect(await refusal(tools.updateEndpoint(stand.admin, id, change))).toMatchObject({ code: 'credential_required' });
      }
      expect(other.authorizations).toEqual([]);
      const renamed = await tools.updateEndpoint(stand.admin, id, { name: 'Renamed', url: mcp.url });
      expect(renamed).toMatchObject({ name: 'Renamed', credential_preview: 'mcp…cdef', last_refresh: { passed: true } });
      expect(await tools.refreshEndpoint(stand.admin, id, signal())).toMatchObject({ passed: true });

      const moved = await tools.updateEndpoint(stand.admin, id, { url: other.url, credential: { token: 'other-token-123456' } });
      expect(moved).toMatchObject({ url: other.url, last_refresh: null });
      await tools.refreshEndpoint(stand.admin, id, signal());
      expect(new Set(other.authorizations)).toEqual(new Set(['Bearer other-token-123456']));
    } finally {
      await other.close();
    }
  });

  it('opens nowhere else, whatever stands in its row', async () => {
    const { id } = await addMcp();
    const other = await startMcpServer();
    try {
      await stand.database.db.update(schema.toolEndpoints).set({ url: other.url }).where(eq(schema.toolEndpoints.id, id));
      expect(await refusal(tools.refreshEndpoint(stand.admin, id, signal()))).toMatchObject({ code: 'credential_unreadable' });
      expect(other.authorizations).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('goes with the auth kind, and with the endpoint', async () => {
    const { id } = await addMcp();
    expect(await tools.updateEndpoint(stand.admin, id, { auth_kind: 'none' })).toMatchObject({ credential_preview: null });
    const { id: deleted } = await addMcp();
    await tools.deleteEndpoint(stand.admin, deleted, { confirm: false });
    const rows = await stand.database.db.select().from(schema.toolEndpoints).where(eq(schema.toolEndpoints.id, deleted));
    expect(rows[0]).toMatchObject({ sealed: null, preview: null });
    expect(await refusal(tools.getEndpoint(stand.admin, deleted))).toMatchObject({ code: 'not_found' });
  });

  it.each([
    [{ auth_kind: 'bearer' }, 'credential_required'],
    [{ auth_kind: 'none', credential: { token: 'a' } }, 'invalid_request'],
    [{ auth_kind: 'bearer', credential: { headers: { a: 'b' } } }, 'invalid_request'],
    [{ auth_kind: 'headers', credential: { headers: {} } }, 'invalid_request'],
  ] as const)('%j: %s', async (part, code) => {
    expect(await refusal(tools.discover(stand.admin, { kind: 'mcp', url: mcp.url, ...part }, signal()))).toMatchObject({ code });
  });
});

describe('an address', () => {
  it.each([
    ['http://169.254.169.254/mcp', 'egress_blocked'],
    ['ftp://x.test', 'invalid_request'],
    ['https://user:pass@x.test/mcp', 'invalid_request'],
    ['https://x.test/mcp?key=1', 'invalid_request'],
  ])('%s: %s', async (url, code) => {
    expect(await refusal(tools.discover(stand.admin, { kind: 'mcp', url, auth_kind: 'none' }, signal()))).toMatchObject({ code });
  });

  it('of an MCP server keeps the slash at its end', async () => {
    const { id } = await addMcp();
    const changed = await tools.updateEndpoint(stand.admin, id, { url: `${mcp.url}/`, ...mcpCredential });
    expect(changed.url).toBe(`${mcp.url}/`);
  });
});

describe('another organization', () => {
  it('sees none of it', async () => {
    const { id } = await addMcp();
    expect((await tools.listEndpoints(stand.stranger, { limit: 50 })).data).toEqual([]);
    for (const work of [
      () => tools.getEndpoint(stand.stranger, id),
      () => tools.updateEndpoint(stand.stranger, id, { name: 'Mine' }),
      () => tools.deleteEndpoint(stand.stranger, id, { confirm: true }),
      () => tools.refreshEndpoint(stand.stranger, id, signal()),
      () => tools.listDependents(stand.stranger, id),
    ]) {
      expect(await refusal(work())).toMatchObject({ code: 'not_found' });
    }
    const graph = graphOf(
      [stepOf('start', 'start'), stepOf('http', 'call', { endpoint_id: id, url: '/x' }), stepOf('end', 'end')],
      'start > call > end',
    );
    const theirs = await stand.workflows.createWorkflow(stand.stranger, { name: 'Theirs', graph });
    expect(theirs.problems).toContainEqual({
      step: 'call',
      field: 'endpoint_id',
      message: 'Its tool endpoint does not exist any more.',
    });
  });
});

describe('a workflow that uses an endpoint', () => {
  it('is named before the endpoint is deleted, and told of what is missing after', async () => {
    const endpoint = await addHttp();
    const graph = graphOf(
      [stepOf('start', 'start'), stepOf('http', 'call', { endpoint_id: endpoint.id, url: '/stations' }), stepOf('end', 'end')],
      'start > call > end',
    );
    const { id } = await stand.publish(graph);
    expect(await tools.listDependents(stand.admin, endpoint.id)).toEqual({
      count: 1,
      data: [{ workflow_id: id, name: 'Tickets', version: 1, steps: ['call'] }],
    });
    expect(await refusal(tools.deleteEndpoint(stand.admin, endpoint.id, { confirm: false }))).toMatchObject({
      code: 'tool_endpoint_in_use',
      detail: '1 active workflow uses this tool endpoint: “Tickets”.',
    });
    await tools.deleteEndpoint(stand.admin, endpoint.id, { confirm: true });
    expect((await stand.workflows.getWorkflow(stand.admin, id)).problems).toEqual([
      { step: 'call', field: 'endpoint_id', message: 'Its tool endpoint does not exist any more.' },
    ]);
  });

  it('that is archived holds nothing back', async () => {
    const endpoint = await addHttp();
    const graph = graphOf(
      [stepOf('start', 'start'), stepOf('http', 'call', { endpoint_id: endpoint.id, url: '' }), stepOf('end', 'end')],
      'start > call > end',
    );
    const { id } = await stand.publish(graph);
    await stand.workflows.archiveWorkflow(stand.admin, id);
    await tools.deleteEndpoint(stand.admin, endpoint.id, { confirm: false });
  });
});

describe('a name', () => {
  it('is given once', async () => {
    const body = { kind: 'http', url: weather.url, document: JSON.stringify(documentOf(weather.url)), auth_kind: 'none' } as const;
    await tools.createEndpoint(stand.admin, { ...body, name: 'Once' }, signal());
    expect(await refusal(tools.createEndpoint(stand.admin, { ...body, name: 'ONCE' }, signal()))).toMatchObject({ code: 'already_exists' });
  });
});

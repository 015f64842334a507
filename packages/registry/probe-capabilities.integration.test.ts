import { type Capability, type Probe, type ProbeCheckName, type ProbeVerdict, routes } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { startTinyLlm } from '@pipelines/tiny-llm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compatible, never, saving } from './__fixtures__/bodies.ts';
import { refusal } from './__fixtures__/refusal.ts';
import { startTestRegistry, type TestRegistry } from './__fixtures__/start-test-registry.ts';
import { type Abilities, startAbleServer } from './capability-probe/__fixtures__/start-able-server.ts';

let setup: TestRegistry;
beforeAll(async () => {
  setup = await startTestRegistry();
});
afterAll(() => setup?.close());

type Said = Partial<Record<Capability, boolean | null>>;
type Verdicts = Partial<Record<ProbeCheckName, ProbeVerdict>>;
const key = 'sk-CNRY-probe-0123456789abcdef';

const verdictsOf = (probe: Probe): Verdicts => Object.fromEntries(probe.checks.map(({ name, verdict }) => [name, verdict]));
const probe = (baseUrl: string, model?: string) => setup.registry.probeConnection(setup.admin, compatible(baseUrl, key, model), never);

/** Everything works, as it does on the large ones. */
const able: Abilities = {
  json: 'works',
  vision: 'works',
  tools: 'works',
  parallel: true,
  effort: 'works',
  budget: 'works',
  maxTokens: 'works',
  maxCompletionTokens: 'works',
  system: 'works',
  developer: 'works',
};
const everything: Said = { json_mode: true, vision: true, tool_use: true, reasoning: true };
const nothing: Said = { json_mode: false, vision: false, tool_use: false, reasoning: false };

const servers: readonly (readonly [
  name: string,
  abilities: Abilities,
  said: Said,
  verdicts: Verdicts,
  shape: 'effort' | 'max_tokens' | null,
])[] = [
  ['can do everything', able, everything, { parallel_tools: 'works', streamed_tools: 'works', usage_in_stream: 'works' }, 'effort'],
  [
    'ignores whatever it does not know',
    { maxTokens: 'works', system: 'works' },
    nothing,
    { json_mode: 'ignored', vision: 'ignored', tool_use: 'ignored', reasoning_effort: 'ignored', parallel_tools: 'not_applicable' },
    null,
  ],
  [
    'refuses whatever it cannot do',
    {
      json: 'refuses',
      vision: 'refuses',
      tools: 'refuses',
      effort: 'refuses',
      budget: 'refuses',
      maxTokens: 'works',
      maxCompletionTokens: 'refuses',
      system: 'works',
      developer: 'refuses',
    },
    nothing,
    {
      json_mode: 'refused',
      vision: 'refused',
      tool_use: 'refused',
      reasoning_effort: 'refused',
      reasoning_max_tokens: 'refused',
      developer_role: 'refused',
    },
    null,
  ],
  [
    'has JSON mode only',
    { ...able, vision: 'ignores', tools: 'ignores', effort: 'ignores', budget: 'refuses' },
    { ...nothing, json_mode: true },
    {},
    null,
  ],
  [
    'sees, and takes no schema',
    { ...able, json: 'ignores', tools: 'refuses', effort: 'ignores', budget: 'ignores' },
    { ...nothing, vision: true },
    { json_mode: 'ignored' },
    null,
  ],
  [
    'calls one tool at a time',
    { ...able, parallel: false, effort: 'ignores', budget: 'ignores' },
    { ...everything, reasoning: false },
    { parallel_tools: 'ignored' },
    null,
  ],
  [
    'breaks its calls off in a stream',
    { ...able, streamedTools: false, effort: 'ignores', budget: 'ignores' },
    { ...everything, reasoning: false },
    { tool_use: 'works', streamed_tools: 'ignored' },
    null,
  ],
  [
    'calls a tool only when it is demanded',
    { ...able, tools: 'when-demanded' },
    everything,
    { tool_use: 'works', parallel_tools: 'not_applicable', streamed_tools: 'not_applicable' },
    'effort',
  ],
  [
    'thinks by a budget',
    { ...able, effort: 'refuses' },
    everything,
    { reasoning_effort: 'refused', reasoning_max_tokens: 'works' },
    'max_tokens',
  ],
  [
    'thinks always, and as long as it likes',
    { ...able, effort: 'ignores', budget: 'ignores', alwaysThinks: true },
    { ...everything, reasoning: false },
    { reasoning_effort: 'ignored' },
    null,
  ],
  [
    'thinks always, and more when it is told',
    { ...able, budget: 'ignores', alwaysThinks: true, usageInStream: false },
    everything,
    { reasoning_effort: 'works', reasoning_max_tokens: 'ignored', usage_in_stream: 'ignored' },
    'effort',
  ],
];

describe('a probe of a server that', () => {
  it.each(servers)('%s', async (_name, abilities, said, verdicts, shape) => {
    const server = await startAbleServer(abilities);
    const result = await probe(server.baseUrl);
    await server.close();
    expect(result.capabilities).toEqual(said);
    expect(verdictsOf(result)).toMatchObject(verdicts);
    expect(result.reasoning_parameter).toBe(shape);
    expect(result.calls).toBe(server.bodies.length);
  });

  it('is the real tiny model: JSON by a grammar, tools when demanded, neither eyes nor a thinking step', async () => {
    const tiny = await startTinyLlm({ apiKey: key });
    const result = await probe(tiny.url, 'tiny-chat');
    await tiny.close();
    expect(result.capabilities).toEqual({ json_mode: true, vision: false, tool_use: true, reasoning: false });
    expect(verdictsOf(result)).toMatchObject({ usage_in_stream: 'works', max_tokens: 'works', max_completion_tokens: 'works' });
  });
});

describe('probeCapabilities', () => {
  it('finds the repairs that calls need, which the saved model then makes', async () => {
    const server = await startAbleServer({ ...able, maxTokens: 'refuses', developer: 'refuses', streamedTools: false });
    const body = compatible(server.baseUrl, key, 'repaired');
    const { id } = await setup.registry.testConnection(setup.admin, body, never);
    const measured = await setup.registry.probeConnection(setup.admin, body, never);
    expect(measured.repairs).toEqual([
      "The answer's limit is sent as max_completion_tokens.",
      'Messages of the role developer are sent as system.',
      'Streams with tools are answered whole: the tool calls of its own streams are broken.',
    ]);
    expect(measured.capabilities).toEqual(everything);
    const { slug } = await setup.registry.createModel(setup.admin, saving(body, id));
    const { organizationId } = setup.admin;
    expect(setup.registry.resolve(organizationId, slug)?.target.quirks).toMatchObject({
      maxTokensField: 'max_completion_tokens',
      developerRole: false,
      streamedTools: false,
    });
    expect((await setup.registry.listProbes(organizationId, slug)).data[0]).toMatchObject({ id: measured.id, current: true });
    await server.close();
  });

  it('of a saved model is measured anew, and told apart once the connection has changed', async () => {
    const server = await startAbleServer({ ...able, maxCompletionTokens: 'refuses' });
    const body = compatible(server.baseUrl, key, 'saved');
    const { id } = await setup.registry.testConnection(setup.admin, body, never);
    const { slug } = await setup.registry.createModel(setup.admin, saving(body, id));
    const { organizationId } = setup.admin;
    const measured = await setup.registry.probeModel(setup.admin, slug, never);
    expect(setup.registry.resolve(organizationId, slug)?.target.quirks.maxTokensField).toBe('max_tokens');
    expect((await setup.registry.listProbes(organizationId, slug)).data).toMatchObject([{ id: measured.id, current: true }]);
    await setup.registry.updateModel(setup.admin, slug, routes.updateModel.body.parse({ provider_model_id: 'another' }));
    expect((await setup.registry.listProbes(organizationId, slug)).data).toMatchObject([{ id: measured.id, current: false }]);
    expect(await refusal(setup.registry.listProbes(setup.stranger.organizationId, slug))).toMatchObject({ code: 'model_not_found' });
    expect(await refusal(setup.registry.probeModel(setup.stranger, slug, never))).toMatchObject({ code: 'model_not_found' });
    await server.close();
  });

  it('keeps what was asked and what came, and no secret; each call is in the log', async () => {
    const server = await startAbleServer({ ...able, json: 'refuses' });
    const before = setup.calls.length;
    const result = await probe(server.baseUrl);
    await server.close();
    const json = result.checks.find(({ name }) => name === 'json_mode');
    expect(json?.evidence[0]).toMatchObject({ request: { response_format: { type: 'json_schema' } }, answer: { status: 400 } });
    expect(JSON.stringify(result.checks.find(({ name }) => name === 'vision')?.evidence)).toContain('(an image with digits)');
    expect(JSON.stringify(await setup.database.db.select().from(schema.capabilityProbes))).not.toContain('CNRY');
    const calls = setup.calls.slice(before);
    expect(calls).toHaveLength(result.calls);
    expect(calls.every(({ start, end }) => start.source === 'probe' && end !== null)).toBe(true);
  });

  it('says why where nothing answers, and measures nothing', async () => {
    const rows = () => setup.database.db.select().from(schema.capabilityProbes);
    const before = await rows();
    expect(await refusal(probe('http://127.0.0.1:9/v1'))).toMatchObject({ code: 'upstream_error' });
    expect(await refusal(probe('http://169.254.169.254/v1'))).toMatchObject({ code: 'upstream_error' });
    expect(await rows()).toEqual(before);
  });
});

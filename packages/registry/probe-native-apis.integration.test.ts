import { type Capability, connectionSchema, type ProbeCheckName, type ProbeVerdict } from '@pipelines/contracts';
import { type FakeAnthropic, type FakeGemini, startFakeAnthropic, startFakeGemini } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { never } from './__fixtures__/bodies.ts';
import { startTestRegistry, type TestRegistry } from './__fixtures__/start-test-registry.ts';
import { actAble, type Powers } from './capability-probe/__fixtures__/act-able.ts';

const key = 'sk-CNRY-native-0123456789abcdef';
const everyPower: Powers = { sees: true, callsTools: true, obeys: true };
/** What the models behind both fakes can do right now. */
let powers = everyPower;
let anthropic: FakeAnthropic;
let google: FakeGemini;
let setup: TestRegistry;

beforeAll(async () => {
  const react = (body: unknown) => actAble(powers)(body);
  anthropic = await startFakeAnthropic({ apiKey: key, react });
  google = await startFakeGemini({ apiKey: key, react });
  setup = await startTestRegistry({ providerBaseUrls: { anthropic: anthropic.baseUrl, google: google.baseUrl } });
});
afterAll(async () => {
  await setup?.close();
  await anthropic?.close();
  await google?.close();
});

type Provider = 'anthropic' | 'google';

async function probe(provider: Provider, model: string, able: Powers = everyPower) {
  powers = able;
  const upstream = provider === 'anthropic' ? anthropic : google;
  const before = upstream.requests.length;
  const body = { provider, auth_kind: 'api_key', provider_model_id: model, credential: { api_key: key } };
  const result = await setup.registry.probeConnection(setup.admin, connectionSchema.parse(body), never);
  const verdicts: Partial<Record<ProbeCheckName, ProbeVerdict>> = Object.fromEntries(
    result.checks.map(({ name, verdict }) => [name, verdict]),
  );
  const bodies = upstream.requests.slice(before).map((request) => request.body);
  expect(bodies).toHaveLength(result.calls);
  return { result, verdicts, bodies };
}

const models: readonly (readonly [Provider, string])[] = [
  ['anthropic', 'claude-opus-4-7'],
  ['google', 'gemini-2.5-flash'],
];

describe.each(models)('a probe of %s', (provider, model) => {
  it('finds all that it can do', async () => {
    const { result, verdicts } = await probe(provider, model);
    expect(result.capabilities).toEqual({ json_mode: true, vision: true, tool_use: true, reasoning: true });
    expect(verdicts).toMatchObject({
      parallel_tools: 'works',
      streamed_tools: 'works',
      usage_in_stream: 'works',
      system_role: 'works',
      // These names never reach it.
      max_tokens: 'not_applicable',
      max_completion_tokens: 'not_applicable',
      developer_role: 'not_applicable',
    });
    expect(result.repairs).toEqual([]);
  });

  it.each([
    ['vision', { ...everyPower, sees: false }],
    ['tool_use', { ...everyPower, callsTools: false }],
  ] as const)('finds that it has no %s', async (capability, able) => {
    const { result, verdicts } = await probe(provider, model, able);
    const others = Object.entries(result.capabilities).filter(([name]) => name !== capability);
    expect(result.capabilities[capability satisfies Capability]).toBe(false);
    expect(others.every(([, works]) => works)).toBe(true);
    expect(verdicts[capability]).toBe('ignored');
  });
});

/** How each family is told to think: by words and by a budget, the less before the more. */
const wires: readonly (readonly [Provider, string, readonly unknown[]])[] = [
  [
    'anthropic',
    'claude-opus-4-7',
    ['low', 'high', 'low', 'high'].map((effort) => ({ thinking: { type: 'adaptive', display: 'summarized' }, effort })),
  ],
  [
    'anthropic',
    'claude-sonnet-4-6',
    [
      ...['low', 'high'].map((effort) => ({ thinking: { type: 'adaptive', display: 'summarized' }, effort })),
      ...[1_024, 2_048].map((budget_tokens) => ({ thinking: { type: 'enabled', budget_tokens }, effort: undefined })),
    ],
  ],
  [
    'anthropic',
    'claude-3-7-sonnet-latest',
    [1_024, 2_400, 1_024, 2_048].map((budget_tokens) => ({ thinking: { type: 'enabled', budget_tokens }, effort: undefined })),
  ],
  ['google', 'gemini-2.5-flash', [1_024, 2_400, 1_024, 2_048].map((thinkingBudget) => ({ includeThoughts: true, thinkingBudget }))],
  ['google', 'gemini-3-pro-preview', ['LOW', 'HIGH', 'LOW', 'HIGH'].map((thinkingLevel) => ({ includeThoughts: true, thinkingLevel }))],
];

interface AskedBody {
  readonly thinking?: unknown;
  readonly output_config?: { readonly effort?: string };
  readonly generationConfig?: { readonly thinkingConfig?: unknown };
}

it.each(wires)('asks %s for thinking as %s takes it', async (provider, model, asked) => {
  const { verdicts, result, bodies } = await probe(provider, model);
  expect(verdicts).toMatchObject({ reasoning_effort: 'works', reasoning_max_tokens: 'works' });
  expect(result.reasoning_parameter).toBe('effort');
  const thoughts = (bodies as readonly AskedBody[]).flatMap(({ thinking, output_config, generationConfig }) => {
    if (thinking !== undefined) return [{ thinking, effort: output_config?.effort }];
    return generationConfig?.thinkingConfig === undefined ? [] : [generationConfig.thinkingConfig];
  });
  expect(thoughts).toEqual(asked);
});

it('finds no thinking step where the family has none', async () => {
  const { result, verdicts } = await probe('google', 'gemini-2.0-flash');
  expect(result.capabilities.reasoning).toBe(false);
  expect(result.reasoning_parameter).toBeNull();
  expect(verdicts).toMatchObject({ reasoning_effort: 'ignored', reasoning_max_tokens: 'ignored' });
});

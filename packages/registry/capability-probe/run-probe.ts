import type { Capability, ProbeCheckName } from '@pipelines/contracts';
import type { Quirks } from '@pipelines/providers';
import type { Ask } from './ask-model.ts';
import { checkJsonMode } from './check-json.ts';
import { checkReasoning } from './check-reasoning.ts';
import { checkParallelTools, checkStreaming, checkToolUse } from './check-tools.ts';
import { checkVision } from './check-vision.ts';
import { checkLimit, checkRole } from './check-wire.ts';
import { quirksOf } from './derive-quirks.ts';
import { type Judged, notApplicable } from './judge.ts';
import type { Nonce } from './nonce.ts';

export interface ProbedWire {
  readonly quirks: Quirks;
  /** Capabilities that the protocol can carry. */
  readonly expresses: readonly Capability[];
  /** Whether names of fields and roles reach the provider as they are. */
  readonly passThrough: boolean;
}

/** Makes every check, one after another: a provider that is asked many things at once refuses some for their pace. */
export async function runProbe(ask: Ask, { quirks, expresses, passThrough }: ProbedWire, nonce: Nonce): Promise<readonly Judged[]> {
  const wire: Judged[] = [];
  for (const name of ['max_tokens', 'max_completion_tokens'] as const) {
    wire.push(passThrough ? await checkLimit(ask, quirks, name) : notApplicable(name));
  }
  // What the rest is asked by must be understood first.
  const known = { ...quirks, ...quirksOf(wire) };
  const askRest: Ask = (request, change) => ask(request, { quirks: known, ...change });
  const only = async (capability: Capability, name: ProbeCheckName, check: () => Promise<Judged>) =>
    expresses.includes(capability) ? check() : notApplicable(name);

  const json = await only('json_mode', 'json_mode', () => checkJsonMode(askRest, nonce));
  const vision = await only('vision', 'vision', () => checkVision(askRest));
  const tools = await only('tool_use', 'tool_use', () => checkToolUse(askRest, nonce));
  const callsBySelf = tools.verdict === 'works' && tools.asked.length === 1;
  const parallel = callsBySelf ? await checkParallelTools(askRest, nonce) : notApplicable('parallel_tools');
  const streaming = await checkStreaming(askRest, nonce, callsBySelf);
  const reasoning = expresses.includes('reasoning')
    ? await checkReasoning(askRest)
    : [notApplicable('reasoning_effort'), notApplicable('reasoning_max_tokens')];
  const system = await checkRole(askRest, known, 'system_role', nonce);
  const developer = passThrough ? await checkRole(askRest, known, 'developer_role', nonce) : notApplicable('developer_role');
  return [json, vision, tools, parallel, ...streaming, ...reasoning, ...wire, system, developer];
}

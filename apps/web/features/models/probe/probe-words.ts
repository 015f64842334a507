import { type Capability, capabilities, type Probe, type ProbeCheckName, type ProbeVerdict } from '@pipelines/contracts';
import type { StatusTone } from '../../../ui/status.tsx';

export const verdictWords: Readonly<Record<ProbeVerdict, { readonly word: string; readonly tone: StatusTone }>> = {
  works: { word: 'Works', tone: 'ok' },
  refused: { word: 'Refused', tone: 'bad' },
  ignored: { word: 'Ignored', tone: 'warn' },
  unclear: { word: 'Unclear', tone: 'off' },
  not_applicable: { word: 'Does not apply', tone: 'off' },
};

export const checkNames: Readonly<Record<ProbeCheckName, string>> = {
  json_mode: 'JSON mode',
  vision: 'Vision',
  tool_use: 'Tool use',
  parallel_tools: 'Several tool calls at once',
  streamed_tools: 'Streamed tool calls',
  usage_in_stream: 'Usage at the end of a stream',
  reasoning_effort: 'Reasoning by effort',
  reasoning_max_tokens: 'Reasoning by budget',
  max_tokens: 'max_tokens',
  max_completion_tokens: 'max_completion_tokens',
  system_role: 'Role system',
  developer_role: 'Role developer',
};

/** The check that stands for a capability. Of the two ways to think the one that works, else the usual one. */
export function checkOf(probe: Probe, capability: Capability) {
  const named = (name: ProbeCheckName) => probe.checks.find((check) => check.name === name);
  if (capability !== 'reasoning') return named(capability);
  return (
    [named('reasoning_effort'), named('reasoning_max_tokens')].find((check) => check?.verdict === 'works') ?? named('reasoning_effort')
  );
}

/** Capabilities that are asserted otherwise than they were measured. */
export function contradictions(asserted: Readonly<Record<Capability, boolean>>, probe: Probe): Capability[] {
  return capabilities.filter((name) => probe.capabilities[name] !== null && probe.capabilities[name] !== asserted[name]);
}

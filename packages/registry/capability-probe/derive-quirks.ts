import type { ProbeCheckName, ReasoningParameter } from '@pipelines/contracts';
import type { Quirks } from '@pipelines/providers';
import type { Judged } from './judge.ts';

type Seen = readonly Pick<Judged, 'name' | 'verdict'>[];

/** The repairs that calls need, as far as the checks have shown them. Nothing where all is as the preset says. */
export function quirksOf(checks: Seen): Quirks {
  const verdict = (name: ProbeCheckName) => checks.find((check) => check.name === name)?.verdict;
  const works = (name: ProbeCheckName) => verdict(name) === 'works';
  const fails = (name: ProbeCheckName) => verdict(name) === 'refused' || verdict(name) === 'ignored';
  return {
    ...(fails('max_tokens') && works('max_completion_tokens') && { maxTokensField: 'max_completion_tokens' as const }),
    ...(works('max_tokens') && fails('max_completion_tokens') && { maxTokensField: 'max_tokens' as const }),
    ...(works('system_role') && fails('developer_role') && { developerRole: false }),
    ...(works('tool_use') && fails('streamed_tools') && { streamedTools: false }),
  };
}

/** The repairs in words, for people. */
export function describeQuirks({ maxTokensField, developerRole, streamedTools }: Quirks): string[] {
  return [
    ...(maxTokensField === undefined || maxTokensField === 'either' ? [] : [`The answer's limit is sent as ${maxTokensField}.`]),
    ...(developerRole === false ? ['Messages of the role developer are sent as system.'] : []),
    ...(streamedTools === false ? ['Streams with tools are answered whole: the tool calls of its own streams are broken.'] : []),
  ];
}

/** The shape of the thinking step: a word where that works, else a budget. */
export function reasoningParameterOf(checks: Seen): ReasoningParameter | null {
  const works = (name: ProbeCheckName) => checks.some((check) => check.name === name && check.verdict === 'works');
  if (works('reasoning_effort')) return 'effort';
  return works('reasoning_max_tokens') ? 'max_tokens' : null;
}

import type { Graph, LlmConfig, Step, StepKind } from '@pipelines/contracts';

/** What people call the kinds of steps. */
export const stepKindNames: Record<StepKind, string> = {
  start: 'Start',
  llm: 'LLM',
  gate: 'Gate',
  review: 'Review',
  http: 'HTTP request',
  transform: 'Transform',
  end: 'End',
};

/** An LLM step before anything is chosen but its model. */
export function newLlmConfig(model: string | null): LlmConfig {
  return {
    model,
    fallback_model: null,
    system_prompt: '',
    user_prompt: '',
    temperature: null,
    max_tokens: null,
    tools: [],
    max_tool_rounds: 5,
    reasoning: { effort: null, max_tokens: null },
    output: { type: 'text' },
    images: [],
    retries: 2,
    timeout_seconds: 120,
  };
}

const origin = { x: 0, y: 0 };

/** A step of a kind as it begins; `defaultModel` is preselected on an LLM step. */
export function newStep(kind: StepKind, graph: Graph, defaultModel: string | null): Step {
  const name = freeName(
    kind,
    graph.steps.map((step) => step.name),
  );
  const base = { name, title: stepKindNames[kind], position: origin };
  switch (kind) {
    case 'start':
      return { ...base, kind, config: { fields: [] } };
    case 'llm':
      return { ...base, kind, config: newLlmConfig(defaultModel) };
    case 'gate':
      return { ...base, kind, config: { routes: [] } };
    case 'review':
      return { ...base, kind, config: { instructions: '', subject: '', max_rereviews: 2, when_exhausted: 'quarantine' } };
    case 'http':
      return { ...base, kind, config: { method: 'GET', url: '', headers: [], body: '', retries: 2, timeout_seconds: 30 } };
    case 'transform':
    case 'end':
      return { ...base, kind, config: { mapping: [] } };
  }
}

/** `wanted`, or `wanted_2`, `wanted_3` … where it is taken; at most 40 characters. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken);
  if (!used.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, '');
  let number = 2;
  while (used.has(numbered(stem, number))) number += 1;
  return numbered(stem, number);
}

function numbered(stem: string, number: number): string {
  const tail = `_${number}`;
  return stem.slice(0, 40 - tail.length) + tail;
}

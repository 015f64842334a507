import type { Edge, Graph, Step } from '@pipelines/contracts';

const position = { x: 0, y: 0 };

/** A step of the kind with the least config that is complete; `config` changes it. */
export function stepOf(kind: Step['kind'], name: string, config: Record<string, unknown> = {}): Step {
  return { kind, name, title: name, position, config: { ...usual[kind], ...config } } as Step;
}

const usual: Record<Step['kind'], Record<string, unknown>> = {
  start: { fields: [{ name: 'text', type: 'text', required: true, description: '' }] },
  llm: {
    model: null,
    fallback_model: null,
    system_prompt: '',
    user_prompt: '{{input.text}}',
    temperature: null,
    max_tokens: null,
    tools: [],
    max_tool_rounds: 5,
    reasoning: { effort: null, max_tokens: null },
    output: { type: 'text' },
    images: [],
    retries: 0,
    timeout_seconds: 30,
  },
  gate: { routes: [] },
  review: { instructions: '', subject: '', max_rereviews: 1, when_exhausted: 'quarantine' },
  http: { method: 'GET', url: '', headers: [], body: '', retries: 0, timeout_seconds: 30 },
  transform: { mapping: [] },
  end: { mapping: [] },
};

/** `'start > a > end'`, `'gate:urgent > b'`: edges by the names along the way, with the port after a colon. */
function edgesOf(...ways: readonly string[]): Edge[] {
  return ways.flatMap((way) => {
    const stops = way.split('>').map((stop) => stop.trim().split(':'));
    return stops.slice(1).map(([to], index) => {
      const [from, port] = stops[index] as string[];
      return { from: from as string, port: port ?? 'next', to: to as string };
    });
  });
}

export function graphOf(steps: readonly Step[], ...ways: readonly string[]): Graph {
  return { steps: [...steps], edges: edgesOf(...ways) };
}

import { type Graph, graphSchema, type Step } from '@pipelines/contracts';
import { mapTemplates, renameVariable } from './map-templates.ts';
import { freeName } from './new-step.ts';

/** The chosen steps and the connections among them. Start and end are left out: there is only one of each. */
export function copySteps(graph: Graph, names: readonly string[]): Graph {
  const steps = graph.steps.filter((step) => names.includes(step.name) && step.kind !== 'start' && step.kind !== 'end');
  const copied = new Set(steps.map((step) => step.name));
  return { steps, edges: graph.edges.filter((edge) => copied.has(edge.from) && copied.has(edge.to)) };
}

export interface Pasted {
  readonly graph: Graph;
  /** Names of the steps that came in. */
  readonly names: readonly string[];
}

/** Puts copied steps in under free names; their templates speak of each other, not of the originals. */
export function pasteSteps(graph: Graph, clip: Graph): Pasted {
  const names = new Map<string, string>();
  const taken = graph.steps.map((step) => step.name);
  for (const step of clip.steps) names.set(step.name, freeName(step.name, [...taken, ...names.values()]));
  const renamed = (name: string) => names.get(name) ?? name;
  const steps = clip.steps.map(
    (step): Step => ({
      ...mapTemplates(step, (template) => renameAll(template, names)),
      name: renamed(step.name),
      position: { x: step.position.x + 40, y: step.position.y + 40 },
    }),
  );
  const edges = clip.edges.map((edge) => ({ ...edge, from: renamed(edge.from), to: renamed(edge.to) }));
  return { graph: { steps: [...graph.steps, ...steps], edges: [...graph.edges, ...edges] }, names: [...names.values()] };
}

/** In two rounds, so that a new name that equals another old one is not renamed again. */
function renameAll(template: string, names: ReadonlyMap<string, string>): string {
  const pairs = [...names].map(([from, to], index) => ({ from: `steps.${from}`, between: `steps.__${index}`, to: `steps.${to}` }));
  const apart = pairs.reduce((text, pair) => renameVariable(text, pair.from, pair.between), template);
  return pairs.reduce((text, pair) => renameVariable(text, pair.between, pair.to), apart);
}

/** Steps out of copied or exported text; null when it holds none. */
export function readGraph(text: string): Graph | null {
  try {
    const parsed = graphSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

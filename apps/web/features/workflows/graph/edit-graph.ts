import { type Edge, type Graph, portsOf, type Step } from '@pipelines/contracts';
import { mapTemplates, renameVariable } from './map-templates.ts';

/** Adds a step under `after`. Where `after` leads on already, the new step comes between. A review leads back to what it reviews. */
export function addStep(graph: Graph, step: Step, after: string | null): Graph {
  const steps = [...graph.steps, step];
  const above = graph.steps.find((each) => each.name === after);
  const port = above && portToAddAt(above, graph.edges);
  if (!above || port === undefined || step.kind === 'start') return { ...graph, steps };
  const onward = graph.edges.filter((edge) => edge.from === above.name && edge.port === port);
  const wayOut = portsOf(step).at(step.kind === 'gate' ? -1 : 0);
  // A step without a way out cannot stand between: it becomes one more branch.
  const moved = wayOut === undefined ? [] : onward.map((edge): Edge => ({ from: step.name, port: wayOut, to: edge.to }));
  const kept = moved.length > 0 ? graph.edges.filter((edge) => !onward.includes(edge)) : graph.edges;
  const back = step.kind === 'review' && makesOutput(above) ? [{ from: step.name, port: 'fail', to: above.name }] : [];
  return { steps, edges: [...kept, { from: above.name, port, to: step.name }, ...moved, ...back] };
}

function makesOutput(step: Step): boolean {
  return step.kind === 'llm' || step.kind === 'http' || step.kind === 'transform';
}

/** After a review comes what has passed; a gate goes on by its first route that leads nowhere, else by its default. */
function portToAddAt(step: Step, edges: readonly Edge[]): string | undefined {
  const ports = portsOf(step);
  if (step.kind === 'review') return 'pass';
  return ports.find((port) => !edges.some((edge) => edge.from === step.name && edge.port === port)) ?? ports.at(-1);
}

/** Whether a step may go: there must stay one start and one end. */
export function isRemovable(graph: Graph, name: string): boolean {
  const step = graph.steps.find((each) => each.name === name);
  if (!step) return false;
  return (step.kind !== 'start' && step.kind !== 'end') || graph.steps.filter((each) => each.kind === step.kind).length > 1;
}

/** Removes steps. A step with one way out is healed over: what led to it leads to what came after. */
export function removeSteps(graph: Graph, names: readonly string[]): Graph {
  return names.filter((name) => isRemovable(graph, name)).reduce(removeStep, graph);
}

function removeStep(graph: Graph, name: string): Graph {
  const step = graph.steps.find((each) => each.name === name);
  const into = graph.edges.filter((edge) => edge.to === name);
  const out = graph.edges.filter((edge) => edge.from === name);
  const left = graph.edges.filter((edge) => edge.from !== name && edge.to !== name);
  const heals = step !== undefined && portsOf(step).length === 1;
  const healed = heals ? into.flatMap((edge) => out.map((next): Edge => ({ ...edge, to: next.to }))) : [];
  return { steps: graph.steps.filter((each) => each.name !== name), edges: uniqueEdges([...left, ...healed]) };
}

/** Connects a port to a step; the same connection twice, into the start or to itself stays undone. */
export function connect(graph: Graph, edge: Edge): Graph {
  const target = graph.steps.find((step) => step.name === edge.to);
  if (!target || target.kind === 'start' || edge.from === edge.to) return graph;
  return graph.edges.some((each) => isSameEdge(each, edge)) ? graph : { ...graph, edges: [...graph.edges, edge] };
}

export function disconnect(graph: Graph, edge: Edge): Graph {
  return { ...graph, edges: graph.edges.filter((each) => !isSameEdge(each, edge)) };
}

/** Puts a changed step in the place of the one with its name. Connections of ports that it has lost go. */
export function replaceStep(graph: Graph, step: Step): Graph {
  const ports = portsOf(step);
  return {
    steps: graph.steps.map((each) => (each.name === step.name ? step : each)),
    edges: graph.edges.filter((edge) => edge.from !== step.name || ports.includes(edge.port)),
  };
}

/** Gives a step another name, also in connections and in the templates that speak of it. */
export function renameStep(graph: Graph, from: string, to: string): Graph {
  const name = (each: string) => (each === from ? to : each);
  return {
    steps: graph.steps.map((step) => ({
      ...mapTemplates(step, (template) => renameVariable(template, `steps.${from}`, `steps.${to}`)),
      name: name(step.name),
    })),
    edges: graph.edges.map((edge) => ({ ...edge, from: name(edge.from), to: name(edge.to) })),
  };
}

/** Gives an input field another name, also where templates and image lists speak of it. */
export function renameInputField(graph: Graph, from: string, to: string): Graph {
  const steps = graph.steps.map((each): Step => {
    const step = mapTemplates(each, (template) => renameVariable(template, `input.${from}`, `input.${to}`));
    if (step.kind === 'llm') {
      return { ...step, config: { ...step.config, images: step.config.images.map((image) => (image === from ? to : image)) } };
    }
    if (step.kind !== 'start') return step;
    return { ...step, config: { fields: step.config.fields.map((field) => (field.name === from ? { ...field, name: to } : field)) } };
  });
  return { ...graph, steps };
}

/** Gives a route of a gate another name and keeps what it is connected to. */
export function renameRoute(graph: Graph, gate: string, from: string, to: string): Graph {
  return {
    steps: graph.steps.map((step) =>
      step.kind === 'gate' && step.name === gate
        ? { ...step, config: { routes: step.config.routes.map((route) => (route.name === from ? { ...route, name: to } : route)) } }
        : step,
    ),
    edges: graph.edges.map((edge) => (edge.from === gate && edge.port === from ? { ...edge, port: to } : edge)),
  };
}

export function isSameEdge(one: Edge, other: Edge): boolean {
  return one.from === other.from && one.port === other.port && one.to === other.to;
}

function uniqueEdges(edges: readonly Edge[]): Edge[] {
  return edges.filter((edge, index) => edges.findIndex((each) => isSameEdge(each, edge)) === index);
}

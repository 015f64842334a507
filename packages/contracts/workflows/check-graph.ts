import { checkStep } from './check-step.ts';
import type { Graph, Step } from './graph.ts';
import { findCycle, portsOf, reachableFrom, stepsByName } from './graph-paths.ts';
import type { GraphProblem } from './graph-problem.ts';
import type { StepEndpoint } from './step-endpoint.ts';
import type { StepModel } from './step-model.ts';

/**
 * Everything that is wrong with a graph: exactly one start and one end, every step reachable and with
 * a way to the end, no cycle but a review's return, every port used, and each step complete. With
 * `models`, also whether each model can do what its step asks; with `endpoints`, whether its tools are there.
 */
export function checkGraph(
  graph: Graph,
  models?: ReadonlyMap<string, StepModel>,
  endpoints?: ReadonlyMap<string, StepEndpoint>,
): GraphProblem[] {
  const names = checkNames(graph);
  if (names.length > 0) return names;
  return [
    ...checkEnds(graph),
    ...checkEdges(graph),
    ...checkWays(graph),
    ...graph.steps.flatMap((step) => checkStep(step, graph, models, endpoints)),
  ];
}

const whole = (message: string): GraphProblem => ({ step: null, field: null, message });
const at = (step: Step, message: string): GraphProblem => ({ step: step.name, field: null, message });

function checkNames(graph: Graph): GraphProblem[] {
  const seen = new Set<string>();
  return graph.steps.flatMap((step) => {
    if (seen.has(step.name)) return [at(step, `Two steps are called "${step.name}".`)];
    seen.add(step.name);
    return [];
  });
}

function checkEnds(graph: Graph): GraphProblem[] {
  return (['start', 'end'] as const).flatMap((kind) => {
    const found = graph.steps.filter((step) => step.kind === kind);
    if (found.length === 1) return [];
    return found.length === 0
      ? [whole(`The workflow needs ${kind === 'end' ? 'an end' : 'a start'} step.`)]
      : found.slice(1).map((step) => at(step, `There is only one ${kind} step.`));
  });
}

function checkEdges(graph: Graph): GraphProblem[] {
  const steps = stepsByName(graph);
  const problems: GraphProblem[] = [];
  for (const edge of graph.edges) {
    const from = steps.get(edge.from);
    const to = steps.get(edge.to);
    if (!from || !to) problems.push(whole(`A connection leads from or to a step that does not exist (${edge.from} → ${edge.to}).`));
    else if (!portsOf(from).includes(edge.port)) problems.push(at(from, `It has no way out called "${edge.port}".`));
    else if (to.kind === 'start') problems.push(at(from, 'Nothing leads into the start step.'));
  }
  for (const step of graph.steps) {
    for (const port of portsOf(step)) {
      if (!graph.edges.some((edge) => edge.from === step.name && edge.port === port)) {
        problems.push(at(step, port === 'next' ? 'It leads nowhere.' : `Its way out "${port}" leads nowhere.`));
      }
    }
  }
  return problems;
}

function checkWays(graph: Graph): GraphProblem[] {
  const start = graph.steps.find((step) => step.kind === 'start');
  const end = graph.steps.find((step) => step.kind === 'end');
  if (!start || !end) return [];
  const fromStart = reachableFrom(start.name, graph.edges);
  const toEnd = reachableFrom(
    end.name,
    graph.edges.map((edge) => ({ from: edge.to, to: edge.from })),
  );
  const cycle = findCycle(graph);
  return [
    ...graph.steps.filter((step) => !fromStart.has(step.name)).map((step) => at(step, 'No way leads here from the start.')),
    ...graph.steps.filter((step) => step !== end && !toEnd.has(step.name)).map((step) => at(step, 'No way leads from here to the end.')),
    ...(cycle ? [whole(`${cycle.join(' → ')} goes round. Only a failed review leads back.`)] : []),
  ];
}

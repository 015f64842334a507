import { type Edge, type Graph, type GraphProblem, returnsOf, type StepModel } from '@pipelines/contracts';
import { type Edge as FlowEdge, MarkerType } from '@xyflow/react';
import { isSameEdge } from '../graph/edit-graph.ts';
import { edgeKey, orderPorts, type Point } from '../graph/route-edges.ts';
import { stepSummary } from '../graph/step-summary.ts';
import type { Selection } from './selection.ts';
import type { StepFlowNode } from './step-node.tsx';

export interface ConnectionData extends Record<string, unknown> {
  readonly edge: Edge;
  /** Where it passes between its ports. */
  readonly points: readonly Point[];
}
export type ConnectionFlowEdge = FlowEdge<ConnectionData, 'connection'> & { readonly data: ConnectionData };

/** The cards of a graph, as the canvas wants them. */
export function flowNodes(
  graph: Graph,
  routes: ReadonlyMap<string, readonly Point[]>,
  models: ReadonlyMap<string, StepModel>,
  problems: readonly GraphProblem[],
  selection: Selection,
  isEditable: boolean,
): StepFlowNode[] {
  const current = selection.steps.at(-1) ?? graph.steps[0]?.name;
  return graph.steps.map((step) => ({
    id: step.name,
    type: 'step',
    position: step.position,
    selected: selection.steps.includes(step.name),
    draggable: isEditable,
    data: {
      step,
      ports: orderPorts(step, graph, routes),
      summary: stepSummary(step, models),
      problems: problems.filter((problem) => problem.step === step.name).length,
      isCurrent: step.name === current,
      isEditable,
      takesFocus: selection.byKey && step.name === current,
    },
  }));
}

export function flowEdges(graph: Graph, routes: ReadonlyMap<string, readonly Point[]>, selection: Selection): ConnectionFlowEdge[] {
  const returns = returnsOf(graph);
  return graph.edges.map((edge) => ({
    id: edgeKey(edge),
    source: edge.from,
    sourceHandle: edge.port,
    target: edge.to,
    type: 'connection',
    selected: selection.edge !== null && isSameEdge(selection.edge, edge),
    ...(returns.has(edge) ? { style: { strokeDasharray: '5 4' } } : {}),
    ...(edge.port === 'next' ? {} : { label: edge.port }),
    markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, color: 'var(--muted)' },
    data: { edge, points: routes.get(edgeKey(edge)) ?? [] },
  }));
}

import type { Edge, Graph, GraphProblem, StepModel } from '@pipelines/contracts';
import { applyNodeChanges, Background, type Connection, Controls, MiniMap, ReactFlow, useReactFlow } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { stepSizePx } from '../graph/lay-out-graph.ts';
import { routeEdges } from '../graph/route-edges.ts';
import { ConnectionEdge } from './connection-edge.tsx';
import { type ConnectionFlowEdge, flowEdges, flowNodes } from './flow-elements.ts';
import { nothingSelected, type Selection, selectStep, toggleStep } from './selection.ts';
import { type StepFlowNode, StepNode } from './step-node.tsx';
import './canvas.css';

const nodeTypes = { step: StepNode };
/** The palette lies over the top, the controls over the bottom. */
const fitted = { maxZoom: 1, padding: { top: '96px', bottom: '56px', x: 0.1 } } as const;
const miniMapSizePx = { width: 140, height: 100 };
const edgeTypes = { connection: ConnectionEdge };

export interface CanvasProps {
  readonly graph: Graph;
  readonly models: ReadonlyMap<string, StepModel>;
  readonly problems: readonly GraphProblem[];
  readonly selection: Selection;
  readonly isEditable: boolean;
  readonly onSelect: (selection: Selection) => void;
  readonly onConnect: (edge: Edge) => void;
  readonly onMove: (places: ReadonlyMap<string, { readonly x: number; readonly y: number }>) => void;
}

/** The graph as nodes and edges. It draws; what a gesture means is decided by its owner. */
export function Canvas({ graph, models, problems, selection, isEditable, onSelect, onConnect, onMove }: CanvasProps) {
  const routes = useRoutes(graph);
  const drawn = useMemo(
    () => flowNodes(graph, routes, models, problems, selection, isEditable),
    [graph, routes, models, problems, selection, isEditable],
  );
  // With a size from the start, so that what is fitted into the view at first is every step.
  const [nodes, setNodes] = useState<StepFlowNode[]>(() => drawn.map((node) => ({ ...node, measured: stepSizePx })));
  // What the canvas has measured is kept; everything else follows the draft.
  useEffect(() => {
    setNodes((before) => {
      const measured = new Map(before.map((node) => [node.id, node.measured]));
      return drawn.map((node) => {
        const size = measured.get(node.id);
        return size ? { ...node, measured: size } : node;
      });
    });
  }, [drawn]);
  const edges = useMemo(() => flowEdges(graph, routes, selection), [graph, routes, selection]);
  useKeptInSight(graph, selection);

  return (
    <ReactFlow<StepFlowNode, ConnectionFlowEdge>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={(changes) => setNodes((before) => applyNodeChanges(changes, before))}
      onNodeClick={(event, node) => onSelect(event.shiftKey ? toggleStep(selection, node.id) : selectStep(node.id))}
      onEdgeClick={(_, edge) => onSelect({ ...nothingSelected, edge: edge.data.edge })}
      onPaneClick={() => onSelect(nothingSelected)}
      onNodeDragStop={(_, __, moved) => onMove(new Map(moved.map((node) => [node.id, roundPlace(node.position)])))}
      onConnect={(connection) => onConnect(edgeOf(connection))}
      isValidConnection={(connection) => connection.source !== connection.target}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      nodesConnectable={isEditable}
      nodeDragThreshold={4}
      minZoom={0.2}
      maxZoom={1.5}
      fitView
      fitViewOptions={fitted}
      aria-label="Steps of the pipeline. Arrow keys go from step to step, Enter opens the settings of one."
    >
      <Background gap={18} size={1} />
      <Controls showInteractive={false} position="bottom-left" fitViewOptions={fitted} />
      <MiniMap pannable position="bottom-right" aria-label="Overview of the pipeline" className="max-xl:hidden" style={miniMapSizePx} />
    </ReactFlow>
  );
}

/** Ways are found anew when steps or connections change, not with every letter that is typed into a step. */
function useRoutes(graph: Graph) {
  const shape = JSON.stringify([graph.edges, graph.steps.map(({ name, kind, position }) => [name, kind, position])]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape is all of the graph that the ways depend on
  return useMemo(() => routeEdges(graph), [shape]);
}

function edgeOf({ source, sourceHandle, target }: Connection): Edge {
  return { from: source, port: sourceHandle ?? 'next', to: target };
}

function roundPlace({ x, y }: { readonly x: number; readonly y: number }) {
  return { x: Math.round(x), y: Math.round(y) };
}

/** A step that was chosen by key moves into the view when it is outside. */
function useKeptInSight(graph: Graph, selection: Selection) {
  const flow = useReactFlow();
  const seen = useRef<Selection | null>(null);
  useEffect(() => {
    if (!selection.byKey || seen.current === selection) return;
    seen.current = selection;
    const name = selection.steps.at(-1);
    const step = graph.steps.find((each) => each.name === name);
    if (!step || !name || isInSight(name)) return;
    const { x, y } = step.position;
    void flow.setCenter(x + stepSizePx.width / 2, y + stepSizePx.height / 2, { zoom: flow.getZoom(), duration: 150 });
  }, [flow, graph, selection]);
}

function isInSight(name: string): boolean {
  const card = document.querySelector(`[data-step="${CSS.escape(name)}"]`)?.getBoundingClientRect();
  const frame = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (!card || !frame) return false;
  return card.left >= frame.left && card.right <= frame.right && card.top >= frame.top && card.bottom <= frame.bottom;
}

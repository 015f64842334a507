import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react';
import { roundedPath } from '../graph/route-edges.ts';
import type { ConnectionFlowEdge } from './flow-elements.ts';

const cornerPx = 16;
const labelBelowPortPx = 16;

/** A connection: through its points where the layout gave some, else straight down in a curve. Its name stands at its port. */
export function ConnectionEdge(props: EdgeProps<ConnectionFlowEdge>) {
  const { id, data, sourceX, sourceY, targetX, targetY, label, markerEnd, style } = props;
  const points = data?.points ?? [];
  const [curve] = getBezierPath(props);
  const path = points.length > 1 ? roundedPath([{ x: sourceX, y: sourceY }, ...points, { x: targetX, y: targetY }], cornerPx) : curve;
  return (
    <BaseEdge
      id={id}
      path={path}
      label={label}
      labelX={sourceX}
      labelY={sourceY + labelBelowPortPx}
      labelBgPadding={[4, 2]}
      {...(markerEnd ? { markerEnd } : {})}
      {...(style ? { style } : {})}
    />
  );
}

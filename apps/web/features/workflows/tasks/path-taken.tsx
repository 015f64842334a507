import type { Graph, TaskDetail } from '@pipelines/contracts';
import { ArrowRight } from 'lucide-react';
import { pathOf } from './path-of.ts';

export interface PathTakenProps {
  readonly task: TaskDetail;
  readonly graph: Graph;
}

/** The way of a task through its graph in one look: the steps in order with the ways out that they took, and those that it passed by. */
export function PathTaken({ task, graph }: PathTakenProps) {
  const { taken, passedBy } = pathOf(task, graph);
  if (taken.length === 0) return null;
  return (
    <div className="mb-4 space-y-1.5 text-[13px]">
      <ol aria-label="Steps in order" className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
        {taken.map((stop, index) => (
          <li key={stop.id} className="flex items-center gap-1.5">
            {index > 0 && <ArrowRight aria-hidden className="size-3.5 text-muted" />}
            <span className="font-medium">{stop.title}</span>
            {stop.port !== null && <span className="text-muted">({stop.port})</span>}
          </li>
        ))}
      </ol>
      {passedBy.length > 0 && <p className="text-muted">Not taken: {passedBy.join(', ')}</p>}
    </div>
  );
}

import type { Graph, TaskDetail } from '@pipelines/contracts';

export interface Stop {
  readonly id: string;
  readonly title: string;
  /** The way out, where there was a choice. */
  readonly port: string | null;
}

/** The runs that count, in order, and the titles of the steps that a task which has ended never came to. */
export function pathOf({ state, steps }: Pick<TaskDetail, 'state' | 'steps'>, graph: Graph): { taken: Stop[]; passedBy: string[] } {
  const titles = new Map(graph.steps.map((step) => [step.name, step.title]));
  const counted = steps.filter((run) => !run.superseded);
  const taken = counted.map((run) => ({
    id: run.id,
    title: titles.get(run.step) ?? run.step,
    port: run.port === null || run.port === 'next' ? null : run.port,
  }));
  const seen = new Set(counted.map((run) => run.step));
  const isOver = state === 'finished';
  return { taken, passedBy: isOver ? graph.steps.filter((step) => !seen.has(step.name)).map((step) => step.title) : [] };
}

import { graphSchema } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import { type CompiledGraph, compileGraph } from '../path/compile-graph.ts';
import type { ClaimedTask } from './claimed-task.ts';

const maxKept = 500;

/** Graphs of published versions, which never change: read once. */
export function createGraphLoader({ pool }: Pick<Database, 'pool'>): (task: ClaimedTask) => Promise<CompiledGraph> {
  const kept = new Map<string, Promise<CompiledGraph>>();

  async function load({ organization_id, workflow_id, version }: ClaimedTask): Promise<CompiledGraph> {
    const { rows } = await pool.query<{ graph: unknown }>(
      'select graph from workflow_versions where organization_id = $1 and workflow_id = $2 and version = $3',
      [organization_id, workflow_id, version],
    );
    return compileGraph(graphSchema.parse(rows[0]?.graph));
  }

  return (task) => {
    const key = `${task.workflow_id}/${task.version}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= maxKept) kept.clear();
    const loading = load(task);
    loading.catch(() => kept.delete(key));
    kept.set(key, loading);
    return loading;
  };
}

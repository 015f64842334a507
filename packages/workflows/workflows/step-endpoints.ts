import type { Graph, StepEndpoint } from '@pipelines/contracts';
import type { Queries, Transaction } from '@pipelines/database';
import { findToolEndpoints, readTools } from '../tools/endpoints/tool-endpoint-rows.ts';

/** Every tool endpoint that a graph speaks of, with the step that does. */
export function endpointReferences(graph: Graph): readonly { readonly step: string; readonly endpointId: string }[] {
  return graph.steps.flatMap((step) => {
    const ids =
      step.kind === 'llm'
        ? step.config.tools.map((binding) => binding.endpoint_id)
        : step.kind === 'http' && step.config.endpoint_id
          ? [step.config.endpoint_id]
          : [];
    return [...new Set(ids)].map((endpointId) => ({ step: step.name, endpointId }));
  });
}

/** The tool endpoints of a graph as they are at this moment; those that do not exist are missing. */
export async function readStepEndpoints(
  db: Queries | Transaction,
  organizationId: string,
  graph: Graph,
): Promise<ReadonlyMap<string, StepEndpoint>> {
  const ids = [...new Set(endpointReferences(graph).map((reference) => reference.endpointId))];
  const rows = await findToolEndpoints(db, organizationId, ids);
  const toolsOf = await readTools(
    db,
    organizationId,
    rows.map((row) => row.id),
  );
  return new Map(rows.map((row) => [row.id, { id: row.id, name: row.name, kind: row.kind, enabled: row.enabled, tools: toolsOf(row.id) }]));
}

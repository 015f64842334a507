import type { ToolBinding } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, eq, inArray } from 'drizzle-orm';
import { validate } from 'uuid';
import { StepFailure } from '../../steps/step-failure.ts';
import { readTools, type ToolEndpointRow, type ToolRow } from '../endpoints/tool-endpoint-rows.ts';
import type { ToolsContext } from '../tools-context.ts';
import type { SessionOwner } from './tool-session.ts';

/** A tool that a step may call. */
export interface BoundTool {
  readonly endpoint: ToolEndpointRow;
  readonly tool: ToolRow;
}

/** What the bindings of a step stand for at this moment. @throws StepFailure `tool_unavailable` */
export async function readBoundTools(
  { database: { db } }: Pick<ToolsContext, 'database'>,
  { organizationId, step }: SessionOwner,
  bindings: readonly ToolBinding[],
): Promise<readonly BoundTool[]> {
  const ids = bindings.map((binding) => binding.endpoint_id);
  const endpoints = await readEndpoints(db, organizationId, ids);
  const toolsOf = await readTools(db, organizationId, [...endpoints.keys()]);
  return bindings.flatMap((binding) => {
    const endpoint = requireEndpoint(endpoints.get(binding.endpoint_id), step, binding.tools?.[0]);
    const offered = new Map(toolsOf(endpoint.id).flatMap((tool) => (tool.enabled ? [[tool.name, tool] as const] : [])));
    const names = binding.tools ?? [...offered.keys()];
    return names.map((name) => {
      const tool = offered.get(name);
      if (tool === undefined) {
        const gone = toolsOf(endpoint.id).some((each) => each.name === name) ? 'has been switched off' : 'does not exist any more';
        throw unavailable(`The step "${step}" needs the tool "${name}" of "${endpoint.name}", which ${gone}.`);
      }
      return { endpoint, tool };
    });
  });
}

/** By ID, deleted ones too: they still have a name. */
export async function readEndpoints(
  db: ToolsContext['database']['db'],
  organizationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ToolEndpointRow>> {
  const valid = ids.filter((id) => validate(id));
  if (valid.length === 0) return new Map();
  const { toolEndpoints } = schema;
  const rows = await db
    .select()
    .from(toolEndpoints)
    .where(and(eq(toolEndpoints.organizationId, organizationId), inArray(toolEndpoints.id, valid)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** @throws StepFailure `tool_unavailable` naming the step, and the tool where one is named */
export function requireEndpoint(endpoint: ToolEndpointRow | undefined, step: string, tool?: string): ToolEndpointRow {
  const needs = `The step "${step}" needs ${tool === undefined ? 'a tool endpoint' : `the tool "${tool}" of a tool endpoint`}`;
  if (endpoint === undefined) throw unavailable(`${needs} that does not exist.`);
  const named = needs.replace('a tool endpoint', `the tool endpoint "${endpoint.name}"`);
  if (endpoint.deletedAt !== null) throw unavailable(`${named}, which has been deleted.`);
  if (!endpoint.enabled) throw unavailable(`${named}, which has been switched off.`);
  return endpoint;
}

function unavailable(message: string): StepFailure {
  return new StepFailure('tool_unavailable', `${message} Bring it back under Tools, or take it out of the step.`);
}

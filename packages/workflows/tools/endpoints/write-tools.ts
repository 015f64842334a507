import { isDeepStrictEqual } from 'node:util';
import { schema, type Transaction } from '@pipelines/database';
import { and, eq, inArray } from 'drizzle-orm';
import type { DiscoveredTool } from '../tool-protocol.ts';
import { readTools, type ToolEndpointRow, type ToolRow } from './tool-endpoint-rows.ts';

const { tools } = schema;

/** Names of tools. */
export interface ToolChanges {
  readonly added: string[];
  readonly changed: string[];
  readonly removed: string[];
}

/** Makes the kept tools those that were found. What people have switched off stays off; a new tool is on. */
export async function writeTools(
  tx: Transaction,
  { organizationId, id }: Pick<ToolEndpointRow, 'organizationId' | 'id'>,
  found: readonly DiscoveredTool[],
  disabled: ReadonlySet<string> = new Set(),
): Promise<ToolChanges> {
  const before = new Map((await readTools(tx, organizationId, [id]))(id).map((row) => [row.name, row]));
  const names = new Set(found.map((tool) => tool.name));
  const removed = [...before.keys()].filter((name) => !names.has(name));
  const added = found.filter((tool) => !before.has(tool.name)).map((tool) => tool.name);
  const changed = found.filter((tool) => differs(tool, before.get(tool.name))).map((tool) => tool.name);
  // Positions move as well, so that all are written anew.
  await tx.delete(tools).where(isTool(organizationId, id));
  if (found.length > 0) {
    await tx.insert(tools).values(
      found.map((tool, position) => ({
        organizationId,
        endpointId: id,
        position,
        ...tool,
        enabled: before.get(tool.name)?.enabled ?? !disabled.has(tool.name),
      })),
    );
  }
  return { added, changed, removed };
}

/** Switches tools on or off. A name that there is not changes nothing. */
export async function switchTools(
  tx: Transaction,
  { organizationId, id }: Pick<ToolEndpointRow, 'organizationId' | 'id'>,
  choices: readonly { readonly name: string; readonly enabled: boolean }[],
): Promise<void> {
  for (const enabled of [true, false]) {
    const names = choices.filter((choice) => choice.enabled === enabled).map((choice) => choice.name);
    if (names.length === 0) continue;
    await tx
      .update(tools)
      .set({ enabled })
      .where(and(isTool(organizationId, id), inArray(tools.name, names)));
  }
}

const isTool = (organizationId: string, endpointId: string) =>
  and(eq(tools.organizationId, organizationId), eq(tools.endpointId, endpointId));

function differs(tool: DiscoveredTool, before: ToolRow | undefined): boolean {
  if (before === undefined) return false;
  return (
    tool.description !== before.description ||
    !isDeepStrictEqual(tool.inputSchema, before.inputSchema) ||
    !isDeepStrictEqual(tool.operation, before.operation)
  );
}

import type { Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { v7 as uuidv7 } from 'uuid';
import { memberOf } from '../member-of.ts';
import type { RepointModels } from './plan-workflow.ts';
import type { ApiKeyPlan } from './repoint-api-keys.ts';
import type { WorkflowChange } from './repoint-workflow.ts';

const { repoints, repointChanges } = schema;
const rowsPerStatement = 500;

/** Keeps what was done, so that it can be undone. Returns its ID; null where nothing was. */
export async function storeRepoint(
  tx: Transaction,
  principal: Principal,
  { fromSlug, to }: RepointModels,
  workflows: readonly WorkflowChange[],
  keys: readonly ApiKeyPlan[],
): Promise<string | null> {
  const { organizationId } = principal;
  const changed = [
    ...workflows.map(({ workflowId, version, draftPlaces }) => ({
      workflowId,
      versionBefore: version?.before ?? null,
      versionAfter: version?.after ?? null,
      draftPlaces: draftPlaces === null ? null : [...draftPlaces],
    })),
    ...keys
      .filter(({ allowedModels }) => allowedModels !== null)
      .map(({ key }) => ({ apiKeyId: key.id, allowedBefore: [...key.allowedModels] })),
  ];
  if (changed.length === 0) return null;
  const id = uuidv7();
  await tx.insert(repoints).values({ organizationId, id, fromSlug, toSlug: to.slug, createdBy: memberOf(principal) });
  const rows = changed.map((change, position) => ({ organizationId, repointId: id, position, ...change }));
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    await tx.insert(repointChanges).values(rows.slice(start, start + rowsPerStatement));
  }
  return id;
}

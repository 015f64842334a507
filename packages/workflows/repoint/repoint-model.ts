import { PipelinesError, type Principal, type Repoint, type repointBodySchema } from '@pipelines/contracts';
import type { Transaction } from '@pipelines/database';
import { lockLimitedKeys, recordAudit } from '@pipelines/identity';
import type { z } from 'zod';
import { readStepModel } from '../workflows/step-models.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { findUsers } from './find-users.ts';
import { planWorkflow, presentPlan, type RepointModels, type WorkflowPlan } from './plan-workflow.ts';
import { type ApiKeyPlan, planApiKeys, presentApiKey, writeApiKeys } from './repoint-api-keys.ts';
import { repointWorkflow, type WorkflowChange } from './repoint-workflow.ts';
import { storeRepoint } from './store-repoint.ts';

type Body = z.output<typeof repointBodySchema>;

/**
 * Points the users of a model to another one, each to a new version that differs in the slug only, and keeps what
 * it did for the undo. A workflow that the new model cannot serve stays as it is and says why; so does a draft.
 * All of it happens in one transaction.
 *
 * @throws PipelinesError `model_not_found`, `model_inactive`, `platform_not_configured`, `model_not_allowed` for an API key
 * that may not call the new model, `invalid_request`, `not_found` for a workflow or an API key that there is not
 */
export async function repointModel(context: WorkflowsContext, principal: Principal, slug: string, body: Body): Promise<Repoint> {
  const { db } = context.database;
  const { organizationId } = principal;
  const models = await readModels(context, principal, slug, body.to);
  const dryRun = body.dry_run === true;
  if (dryRun) {
    const users = await findUsers(db, organizationId, slug, body.workflows, false);
    const keys = await planApiKeys(db, principal, models, body.api_keys);
    return present(models, { id: null, dryRun, plans: users.map((user) => planWorkflow(user, models)), changes: new Map(), keys });
  }
  const repoint = await db.transaction(async (tx) => {
    const plans = (await findUsers(tx, organizationId, slug, body.workflows, true)).map((user) => planWorkflow(user, models));
    await lockLimitedKeys(tx, principal, body.api_keys ?? []);
    const keys = await planApiKeys(tx, principal, models, body.api_keys);
    const changes = await repointAll(tx, principal, plans, models);
    await writeApiKeys(tx, principal, keys);
    const id = await storeRepoint(tx, principal, models, [...changes.values()], keys);
    if (id !== null) await recordAudit(tx, principal, 'model.repointed', { type: 'model', id: slug }, ['to']);
    return present(models, { id, dryRun, plans, changes, keys });
  });
  context.engine.wake();
  return repoint;
}

async function readModels(context: WorkflowsContext, { organizationId, allowedModels }: Principal, fromSlug: string, toSlug: string) {
  const { registry } = context;
  // Also where the old model is gone from memory: somebody must know the slug.
  await registry.getModel(organizationId, fromSlug);
  if (fromSlug === toSlug)
    throw new PipelinesError('invalid_request', { fields: [{ field: 'to', message: 'Choose another model than this one' }] });
  const target = await registry.getModel(organizationId, toSlug);
  if (!target.active) throw new PipelinesError('model_inactive', { detail: `${target.display_name} has been deactivated itself.` });
  if (target.status === 'not_configured') throw new PipelinesError('platform_not_configured');
  if (allowedModels !== null && !allowedModels.has(toSlug)) throw new PipelinesError('model_not_allowed');
  const to = readStepModel(context, organizationId, toSlug);
  if (!to) throw new PipelinesError('model_not_found');
  return { fromSlug, from: readStepModel(context, organizationId, fromSlug), to };
}

async function repointAll(
  tx: Transaction,
  principal: Principal,
  plans: readonly WorkflowPlan[],
  models: RepointModels,
): Promise<Map<string, WorkflowChange>> {
  const changes = new Map<string, WorkflowChange>();
  for (const plan of plans) {
    const change = await repointWorkflow(tx, principal, plan, models);
    if (change) changes.set(plan.workflow.id, change);
  }
  return changes;
}

interface Outcome {
  readonly id: string | null;
  readonly dryRun: boolean;
  readonly plans: readonly WorkflowPlan[];
  readonly changes: ReadonlyMap<string, WorkflowChange>;
  readonly keys: readonly ApiKeyPlan[];
}

function present({ fromSlug, to }: RepointModels, { id, dryRun, plans, changes, keys }: Outcome): Repoint {
  return {
    id,
    from: fromSlug,
    to: to.slug,
    dry_run: dryRun,
    workflows: plans
      .map((plan) => presentPlan(plan, changes.get(plan.workflow.id)?.version?.after ?? null))
      .sort((one, other) => one.name.localeCompare(other.name, 'en') || (one.workflow_id < other.workflow_id ? -1 : 1)),
    api_keys: keys.map(presentApiKey),
  };
}

import {
  type ApiKeyImpact,
  type ImpactEffect,
  isAllowed,
  type ModelChange,
  type ModelImpact,
  type Principal,
  type WorkflowImpact,
} from '@pipelines/contracts';
import { findKeysInForce } from '@pipelines/identity';
import { findUsers } from '../repoint/find-users.ts';
import { llmStepsOf, placesOf } from '../repoint/point-steps.ts';
import { readStepModel } from '../workflows/step-models.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { type ChangedModel, changeModel } from './changed-model.ts';
import { countKeyCalls, countWorkflowCalls, noCalls } from './count-calls.ts';
import { judgeApiKey } from './judge-api-key.ts';
import { judgeStep } from './judge-step.ts';

const countedDays = 30;
const worstFirst: readonly ImpactEffect[] = ['breaks', 'may_break', 'changes'];

/**
 * Whom a change of a model would affect: published workflows by their steps, API keys by their limits and their calls,
 * and the models that share a replaced credential. Changes nothing.
 *
 * @throws PipelinesError `model_not_found`
 */
export async function readImpact(context: WorkflowsContext, principal: Principal, slug: string, change: ModelChange): Promise<ModelImpact> {
  const { organizationId } = principal;
  const model = await context.registry.getModel(organizationId, slug);
  const changed = changeModel(model, change);
  const since = new Date(Date.now() - countedDays * 24 * 60 * 60 * 1000);
  const replacesCredential = change.kind === 'edit' && change.replaces_credential === true;
  const workflows = await judgeWorkflows(context, organizationId, changed, since);
  const apiKeys = isAllowed(principal.role, 'keys:read') ? await judgeApiKeys(context, principal, changed, since) : null;
  const names = await readNames(context, organizationId, slug, change);
  const named = names.aliases.length > 0 ? [{ effect: 'breaks' as const }] : [];
  const lost = names.stands_in_for.length > 0 ? [{ effect: 'changes' as const }] : [];
  return {
    effect: worst([...workflows, ...(apiKeys ?? []), ...named, ...lost]),
    workflows,
    api_keys: apiKeys,
    shared_with: replacesCredential ? await context.registry.listSharing(organizationId, slug) : [],
    ...names,
    counted_since: since.toISOString(),
  };
}

/** Of a model that goes: what names it, and what it stands in for. */
async function readNames(
  { registry }: WorkflowsContext,
  organizationId: string,
  slug: string,
  { kind }: ModelChange,
): Promise<Pick<ModelImpact, 'aliases' | 'stands_in_for'>> {
  if (kind === 'edit') return { aliases: [], stands_in_for: [] };
  const { aliases, stands_in_for } = await registry.listNamesAndStandIns(organizationId, slug);
  return { aliases, stands_in_for: stands_in_for.filter(({ active }) => active).map(({ slug, display_name }) => ({ slug, display_name })) };
}

async function judgeWorkflows(
  context: WorkflowsContext,
  organizationId: string,
  changed: ChangedModel,
  since: Date,
): Promise<WorkflowImpact[]> {
  const { db } = context.database;
  const { data } = await context.registry.listDependents(organizationId, changed.slug);
  if (data.length === 0) return [];
  const ids = data.map((dependent) => dependent.workflow_id);
  const calls = await countWorkflowCalls(db, organizationId, changed.slug, since);
  const found = await findUsers(db, organizationId, changed.slug, ids, false);
  return sorted(
    found.flatMap(({ workflow, published }): WorkflowImpact[] => {
      if (published === null || workflow.publishedVersion === null) return [];
      const named = new Set(placesOf(published, changed.slug).map(({ step }) => step));
      const steps = llmStepsOf(published)
        .filter(({ name }) => named.has(name))
        .flatMap((step) => {
          const { fallback_model } = step.config;
          const fallback = fallback_model === null ? undefined : readStepModel(context, organizationId, fallback_model);
          const judgement = judgeStep(step, changed, fallback);
          return judgement === null
            ? []
            : [{ step: step.name, title: step.title, effect: judgement.effect, reasons: [...judgement.reasons] }];
        });
      const effect = worst(steps);
      if (effect === null) return [];
      const { id, name, publishedVersion } = workflow;
      return [{ workflow_id: id, name, version: publishedVersion, effect, steps, ...(calls.get(id) ?? noCalls) }];
    }),
  );
}

async function judgeApiKeys(
  { database: { db } }: WorkflowsContext,
  principal: Principal,
  changed: ChangedModel,
  since: Date,
): Promise<ApiKeyImpact[]> {
  const calls = await countKeyCalls(db, principal.organizationId, changed.slug, since);
  const keys = await findKeysInForce(db, principal, changed.slug, [...calls.keys()]);
  return sorted(
    keys.flatMap(({ id, name, lastFour, allowedModels }): ApiKeyImpact[] => {
      const own = calls.get(id) ?? noCalls;
      const judgement = judgeApiKey(changed, { allowedModels, calls: own.calls });
      if (judgement === null) return [];
      const { effect, reasons } = judgement;
      return [{ id, name, last_four: lastFour, limited: allowedModels !== null, effect, reasons: [...reasons], ...own }];
    }),
  );
}

function worst(judged: readonly { readonly effect: ImpactEffect }[]): ImpactEffect | null {
  return worstFirst.find((effect) => judged.some((each) => each.effect === effect)) ?? null;
}

/** The worst first, then the busiest. */
function sorted<Judged extends { readonly effect: ImpactEffect; readonly calls: number; readonly name: string }>(
  judged: Judged[],
): Judged[] {
  return judged.sort(
    (one, other) =>
      worstFirst.indexOf(one.effect) - worstFirst.indexOf(other.effect) ||
      other.calls - one.calls ||
      one.name.localeCompare(other.name, 'en'),
  );
}

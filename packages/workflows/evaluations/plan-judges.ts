import { randomBytes } from 'node:crypto';
import { type Check, type CheckOf, type Graph, PipelinesError, type Principal } from '@pipelines/contracts';
import { requireAllowedModels } from '../tasks/create-tasks.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { buildJudgeGraph } from './judge/build-judge-graph.ts';

/** The graph of each judging check, in their order. @throws PipelinesError `model_not_found`, `model_inactive`, `model_not_allowed` */
export function planJudges(context: WorkflowsContext, principal: Principal, checks: readonly Check[]): readonly Graph[] {
  const mark = randomBytes(6).toString('hex');
  return judgesOf(checks).map((check) => {
    const model = context.registry.resolve(principal.organizationId, check.model);
    if (model === null) {
      throw new PipelinesError('model_not_found', {
        detail: `There is no model "${check.model}", which the check "${check.name}" asks.`,
        fix: 'Choose another judge.',
      });
    }
    if (!model.active) {
      throw new PipelinesError('model_inactive', {
        detail: `The model "${check.model}" of the check "${check.name}" has been deactivated.`,
        fix: 'Choose another judge.',
      });
    }
    const graph = buildJudgeGraph(check, mark, model.target.capabilities.json_mode);
    requireAllowedModels(principal, graph);
    return graph;
  });
}

export function judgesOf(checks: readonly Check[]): readonly CheckOf<'judge'>[] {
  return checks.filter((check) => check.kind === 'judge');
}

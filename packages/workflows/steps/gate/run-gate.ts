import type { Condition, StepOf } from '@pipelines/contracts';
import { createMatcher } from '../create-matcher.ts';
import type { StepContext, StepResult } from '../step-context.ts';
import { checkCondition } from './check-condition.ts';

/** Takes the first route whose conditions hold, else `default`. */
export function runGate({ config }: StepOf<'gate'>, { scope }: StepContext): StepResult {
  const matcher = createMatcher();
  const holds = (condition: Condition) => checkCondition(condition, scope, matcher);
  const route = config.routes.find(({ match, conditions }) => (match === 'all' ? conditions.every(holds) : conditions.some(holds)));
  const port = route?.name ?? 'default';
  return { state: 'finished', input: null, output: port, port };
}

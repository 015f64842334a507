import type { StepOf } from '@pipelines/contracts';
import type { StepContext, StepResult } from '../step-context.ts';
import { checkCondition } from './check-condition.ts';

/** Takes the first route whose conditions hold, else `default`. */
export function runGate({ config }: StepOf<'gate'>, { scope }: StepContext): StepResult {
  const route = config.routes.find(({ match, conditions }) =>
    match === 'all' ? conditions.every((each) => checkCondition(each, scope)) : conditions.some((each) => checkCondition(each, scope)),
  );
  const port = route?.name ?? 'default';
  return { state: 'finished', input: null, output: port, port };
}

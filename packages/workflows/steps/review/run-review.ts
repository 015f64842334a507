import { renderTemplate, renderValue, type StepOf } from '@pipelines/contracts';
import type { StepContext, StepResult } from '../step-context.ts';

/** Puts the question; the answer comes with `submitReview`, whenever it comes. */
export function runReview({ config }: StepOf<'review'>, { scope }: StepContext): StepResult {
  const instructions = renderTemplate(config.instructions, scope);
  return { state: 'waiting', input: { instructions, subject: renderValue(config.subject, scope) } };
}

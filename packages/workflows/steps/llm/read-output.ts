import type { StepOf } from '@pipelines/contracts';
import type { ChatOnceResult } from '@pipelines/gateway';
import { describeMisfit } from '../describe-misfit.ts';
import { StepFailure } from '../step-failure.ts';

/** The answer as the step gives it on: text, or the object that it was asked for. @throws StepFailure `upstream_error`, which another try may mend */
export function readOutput({ name, config }: StepOf<'llm'>, answer: ChatOnceResult, slug: string): unknown {
  if (config.output.type === 'text') return answer.text;
  const failure = (why: string) =>
    new StepFailure('upstream_error', `The model "${slug}" could not do the step "${name}": ${why}.`, { slug, transient: true });
  let output: unknown;
  try {
    output = JSON.parse(withoutFence(answer.text));
  } catch {
    throw failure(answer.finishReason === 'length' ? 'its answer was cut off at the token limit' : 'it did not answer with JSON');
  }
  const misfit = describeMisfit(config.output.schema, output);
  if (misfit !== null) throw failure(`its answer does not fit the JSON schema: ${misfit}`);
  return output;
}

/** Some models put their JSON into a Markdown fence, whatever they are told. */
function withoutFence(text: string): string {
  return text
    .trim()
    .replace(/^```(?:json)?\s*\n/, '')
    .replace(/\n```$/, '');
}

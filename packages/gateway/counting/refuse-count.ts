import { PipelinesError } from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';

/** What a caller is told where nobody can count exactly: a guess would be taken for a count. */
export function refuseCount({ slug }: Pick<ResolvedModel, 'slug'>): PipelinesError {
  return new PipelinesError('count_unsupported', {
    detail: `The provider of the model "${slug}" has no way to count the tokens of a prompt.`,
    param: 'model',
  });
}

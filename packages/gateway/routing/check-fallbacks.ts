import { type ModelTask, PipelinesError, type Principal } from '@pipelines/contracts';
import type { Registry } from '@pipelines/registry';
import { checkModelAccess } from '../check-model-access.ts';
import { checkTask } from '../check-task.ts';

const param = 'X-Pipelines-Fallback';

/**
 * The models that a caller names to stand in: who names one that cannot be called is told so at once, and not when it is needed.
 * @throws PipelinesError as `checkModelAccess` and `checkTask`; `unsupported_parameter` where nothing can stand in
 */
export function checkFallbacks(
  registry: Pick<Registry, 'resolveName'>,
  principal: Principal,
  task: ModelTask,
  names: readonly string[] | undefined = [],
): void {
  if (names.length > 0 && task === 'embeddings') {
    throw new PipelinesError('unsupported_parameter', {
      detail: 'Nothing stands in for an embedding model: vectors of another one would not fit.',
      fix: `Leave ${param} out.`,
      param,
    });
  }
  for (const name of names) checkTask(checkModelAccess(registry, principal, name, param), task, param);
}

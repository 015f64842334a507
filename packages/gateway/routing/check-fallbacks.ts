import type { Principal } from '@pipelines/contracts';
import type { Registry } from '@pipelines/registry';
import { checkModelAccess } from '../check-model-access.ts';

/**
 * The models that a caller names to stand in: who names one that cannot be called is told so at once, and not when it is needed.
 * @throws PipelinesError as `checkModelAccess`
 */
export function checkFallbacks(registry: Pick<Registry, 'resolveName'>, principal: Principal, names: readonly string[] | undefined): void {
  for (const name of names ?? []) checkModelAccess(registry, principal, name, 'X-Pipelines-Fallback');
}

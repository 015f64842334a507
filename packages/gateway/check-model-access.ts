import { PipelinesError, type Principal } from '@pipelines/contracts';
import type { Registry, ResolvedModel } from '@pipelines/registry';

/**
 * The model that a slug or an alias stands for, if this caller may call it.
 * @throws PipelinesError `model_not_found`, `model_inactive`, `model_not_allowed`
 */
export function checkModelAccess(
  registry: Pick<Registry, 'resolveName'>,
  principal: Principal,
  name: string,
  param = 'model',
): ResolvedModel {
  const model = registry.resolveName(principal.organizationId, name);
  if (model === null) throw new PipelinesError('model_not_found', { detail: `There is no model "${name}".`, param });
  if (principal.allowedModels !== null && !principal.allowedModels.has(model.slug)) {
    throw new PipelinesError('model_not_allowed', { detail: `This API key may not call the model "${model.slug}".`, param });
  }
  if (!model.active) {
    throw new PipelinesError('model_inactive', { detail: `The model "${model.slug}" has been deactivated.`, param });
  }
  return model;
}

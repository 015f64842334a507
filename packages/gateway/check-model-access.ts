import { PipelinesError, type Principal } from '@pipelines/contracts';
import type { Registry, ResolvedModel } from '@pipelines/registry';

/**
 * The model that a slug stands for, if this caller may call it.
 * @throws PipelinesError `model_not_found`, `model_inactive`, `model_not_allowed`
 */
export function checkModelAccess(registry: Pick<Registry, 'resolve'>, principal: Principal, slug: string): ResolvedModel {
  const model = registry.resolve(principal.organizationId, slug);
  if (model === null) throw new PipelinesError('model_not_found', { param: 'model' });
  if (principal.allowedModels !== null && !principal.allowedModels.has(model.slug)) {
    throw new PipelinesError('model_not_allowed', { detail: `This API key may not call the model "${model.slug}".`, param: 'model' });
  }
  if (!model.active) {
    throw new PipelinesError('model_inactive', { detail: `The model "${model.slug}" has been deactivated.`, param: 'model' });
  }
  return model;
}

import { PipelinesError, type Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import { validate } from 'uuid';
import type { RegistryContext } from '../registry-context.ts';
import { changeModel } from './change-model.ts';

/**
 * Takes a credential from a model that it serves beside the own one. The credential itself stays.
 *
 * @throws PipelinesError `not_found`, also for the model's own; `platform_model_immutable`, `model_not_found`, `model_inactive`
 */
export async function removeModelCredential(
  context: RegistryContext,
  principal: Principal,
  slug: string,
  credentialId: string,
): Promise<void> {
  const change = { action: 'model.credential_removed', fieldNames: ['credential'] };
  await changeModel(context, principal, slug, change, {
    custom: async (tx, { organizationId, id }) => {
      const { modelCredentials: links } = schema;
      if (!validate(credentialId)) throw notThere();
      const removed = await tx
        .delete(links)
        .where(and(eq(links.organizationId, organizationId), eq(links.modelId, id), eq(links.credentialId, credentialId)))
        .returning({ id: links.credentialId });
      if (removed.length !== 1) throw notThere();
    },
  });
}

function notThere(): PipelinesError {
  return new PipelinesError('not_found', { detail: 'This credential does not serve the model beside its own.' });
}

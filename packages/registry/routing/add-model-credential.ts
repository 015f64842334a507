import { type AddModelCredentialBody, type ModelRouting, maxModelCredentials, PipelinesError, type Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { and, eq, max, sql } from 'drizzle-orm';
import { chooseDestination } from '../connection-test/choose-destination.ts';
import { findTestedCredential, takeTestedCredential } from '../credentials/tested-credential.ts';
import type { ModelRow } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';
import { changeModel } from './change-model.ts';
import { readModelRouting } from './read-model-routing.ts';

/**
 * Lets another credential serve a model beside its own: toward the destination that it was entered for, and only with a
 * passed test of it with the model's own ID. One that is there already is proved anew.
 *
 * @throws PipelinesError `connection_test_required`, `already_exists`, `invalid_request`, `credential_required`, `not_found`,
 * `platform_model_immutable`, `model_not_found`, `model_inactive`
 */
export async function addModelCredential(
  context: RegistryContext,
  principal: Principal,
  slug: string,
  body: AddModelCredentialBody,
): Promise<ModelRouting> {
  const destination = chooseDestination(body);
  const tested = await findTestedCredential(context, principal, destination, body);
  const change = { action: 'model.credential_added', fieldNames: ['credential'] };
  await changeModel(context, principal, slug, change, {
    custom: async (tx, model) => {
      requireSameModel(model, body);
      const credentialId = await takeTestedCredential(tx, principal, tested);
      if (credentialId === null) throw wrong('auth_kind', 'Without a credential there is nothing to add');
      if (credentialId === model.credentialId) {
        throw new PipelinesError('already_exists', { detail: 'This is the model’s own credential already.', fix: 'Choose another one.' });
      }
      await writeLink(tx, principal, model, { credentialId, weight: body.weight, quirks: { ...tested.test.quirks } });
    },
  });
  return readModelRouting(context, principal.organizationId, slug);
}

function requireSameModel(model: ModelRow, { provider, provider_model_id, task = 'chat' }: AddModelCredentialBody): void {
  if (provider !== model.provider) throw wrong('provider', 'Every credential of a model is one of its provider');
  if (task !== model.task) throw wrong('task', 'Another task is another model');
  if (provider_model_id !== model.providerModelId) throw wrong('provider_model_id', 'Another model ID is another model');
  if (task !== model.task) throw wrong('task', 'A model keeps its task');
}

function wrong(field: string, message: string): PipelinesError {
  return new PipelinesError('invalid_request', { fields: [{ field, message }] });
}

interface NewLink {
  readonly credentialId: string;
  readonly weight: number | undefined;
  readonly quirks: Record<string, unknown>;
}

async function writeLink(tx: Transaction, { actor }: Principal, model: ModelRow, { credentialId, weight, quirks }: NewLink): Promise<void> {
  const { modelCredentials } = schema;
  const { organizationId, id: modelId, providerModelId } = model;
  const ofModel = and(eq(modelCredentials.organizationId, organizationId), eq(modelCredentials.modelId, modelId));
  const [last] = await tx
    .select({ position: max(modelCredentials.position) })
    .from(modelCredentials)
    .where(ofModel);
  const proven = { provenModelId: providerModelId, provenAt: sql`now()`, quirks };
  await tx
    .insert(modelCredentials)
    .values({
      organizationId,
      modelId,
      credentialId,
      weight: weight ?? 1,
      position: (last?.position ?? 0) + 1,
      ...proven,
      createdBy: actor.type === 'member' ? actor.id : null,
    })
    .onConflictDoUpdate({
      target: [modelCredentials.organizationId, modelCredentials.modelId, modelCredentials.credentialId],
      set: { ...proven, ...(weight !== undefined && { weight }) },
    });
  if ((await tx.$count(modelCredentials, ofModel)) > maxModelCredentials) {
    throw wrong('credential', `A model has at most ${maxModelCredentials} credentials beside its own`);
  }
}

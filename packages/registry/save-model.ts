import type { CreateModelBody, Model, Principal } from '@pipelines/contracts';
import { announceChange } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { findQuirks, probeDigest } from './capability-probe/store-probe.ts';
import { chooseDestination } from './connection-test/choose-destination.ts';
import { findTestedCredential, takeTestedCredential } from './credentials/tested-credential.ts';
import { getModel } from './get-model.ts';
import { insertModel } from './models/insert-model.ts';
import { requireExpressible } from './models/require-expressible.ts';
import { claimSlug } from './models/unique-slug.ts';
import type { RegistryContext } from './registry-context.ts';

/**
 * Saves a custom model: only with a passed connection test of exactly this configuration, which is used
 * up by it. A saved credential is reused where the body or the test names one; an entered secret always
 * becomes a credential of its own, so that each can be replaced without the other.
 *
 * @throws PipelinesError `connection_test_required` with the reason, `invalid_request`, `not_found`, `credential_required`
 */
export async function saveModel(context: RegistryContext, principal: Principal, body: CreateModelBody): Promise<Model> {
  const { organizationId } = principal;
  const destination = chooseDestination(body);
  requireExpressible(destination.provider, body.capabilities, body.task);
  const tested = await findTestedCredential(context, principal, destination, body);

  const slug = await context.database.db.transaction(async (tx) => {
    const credentialId = await takeTestedCredential(tx, principal, tested);
    const slug = await claimSlug(tx, organizationId, body.display_name);
    const quirks = await findQuirks(tx, organizationId, probeDigest(destination, body.provider_model_id));
    await insertModel(tx, principal, { slug, destination, credentialId, body, test: tested.test, quirks });
    await recordAudit(tx, principal, 'model.created', { type: 'model', id: slug }, auditedFields(body));
    await announceChange(tx, { topic: 'models', organizationId });
    return slug;
  });
  await context.refresh(organizationId);
  return getModel(context, organizationId, slug);
}

function auditedFields(body: CreateModelBody): string[] {
  return Object.keys(body).filter((name) => name !== 'connection_test_id');
}

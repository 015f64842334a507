import type { CreateModelBody, Model, Principal } from '@pipelines/contracts';
import { announceChange, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { findQuirks, probeDigest } from './capability-probe/store-probe.ts';
import { chooseDestination } from './connection-test/choose-destination.ts';
import { type Claim, consumeTest, findClaimedTest, refuseSave } from './connection-test/consume-test.ts';
import type { Destination } from './credential-vault/credential-place.ts';
import { chooseCredential, credentialChoiceOf } from './credentials/choose-credential.ts';
import { holdCredential } from './credentials/find-credential.ts';
import { insertCredential } from './credentials/insert-credential.ts';
import { moveTestedCredential } from './credentials/move-tested-credential.ts';
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
  requireExpressible(destination.provider, body.capabilities);
  const given = await chooseGiven(context, organizationId, destination, body);
  const claim: Claim = {
    token: body.connection_test_id,
    destination,
    providerModelId: body.provider_model_id,
    fingerprint: given?.fingerprint,
  };
  const test = await findClaimedTest(context.database.db, principal, claim);
  const savedId = given?.kind === 'saved' ? given.row.id : test.credentialId;
  const moved = savedId === null ? await moveTestedCredential(context, destination, test) : null;

  const slug = await context.database.db.transaction(async (tx) => {
    await consumeTest(tx, principal, claim, test);
    if (savedId !== null) await holdUnchanged(tx, organizationId, savedId, test.fingerprint);
    if (moved) await insertCredential(tx, principal, moved);
    const slug = await claimSlug(tx, organizationId, body.display_name);
    const quirks = await findQuirks(tx, organizationId, probeDigest(destination, body.provider_model_id));
    await insertModel(tx, principal, { slug, destination, credentialId: savedId ?? moved?.id ?? null, body, test, quirks });
    await recordAudit(tx, principal, 'model.created', { type: 'model', id: slug }, auditedFields(body));
    await announceChange(tx, { topic: 'models', organizationId });
    return slug;
  });
  await context.refresh(organizationId);
  return getModel(context, organizationId, slug);
}

/** What the body itself says about the credential; null leaves it to the test. */
async function chooseGiven(context: RegistryContext, organizationId: string, destination: Destination, body: CreateModelBody) {
  const choice = credentialChoiceOf(body);
  if (choice.credential === undefined && choice.credential_id === undefined) return null;
  return chooseCredential(context, organizationId, destination, choice);
}

/** What was tested is the secret of that moment, so it must still be the one. */
async function holdUnchanged(tx: Transaction, organizationId: string, id: string, fingerprint: Uint8Array | null): Promise<void> {
  if (await holdCredential(tx, organizationId, id, fingerprint)) return;
  throw refuseSave('The saved credential has been replaced or deleted since the connection test.');
}

function auditedFields(body: CreateModelBody): string[] {
  return Object.keys(body).filter((name) => name !== 'connection_test_id');
}

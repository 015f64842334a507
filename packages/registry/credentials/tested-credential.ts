import type { ModelTask, Principal } from '@pipelines/contracts';
import type { Transaction } from '@pipelines/database';
import { type Claim, consumeTest, findClaimedTest, refuseSave, type TestRow } from '../connection-test/consume-test.ts';
import type { Destination } from '../credential-vault/credential-place.ts';
import type { RegistryContext } from '../registry-context.ts';
import { chooseCredential, credentialChoiceOf } from './choose-credential.ts';
import { holdCredential } from './find-credential.ts';
import { insertCredential, type NewCredential } from './insert-credential.ts';
import { moveTestedCredential } from './move-tested-credential.ts';

/** A body that claims a passed test of exactly its connection. */
export interface ClaimingBody {
  readonly connection_test_id: string;
  readonly provider_model_id: string;
  readonly task?: ModelTask | undefined;
}

/** The test that a body claims, and the credential that it proves: a saved one, or the one that the test holds. */
export interface TestedCredential {
  readonly claim: Claim;
  readonly test: TestRow;
  readonly savedId: string | null;
  readonly moved: NewCredential | null;
}

/**
 * Before the transaction, which must not wait for a second connection.
 * @throws PipelinesError `connection_test_required` with the reason, `not_found`, `credential_required`
 */
export async function findTestedCredential(
  context: RegistryContext,
  principal: Principal,
  destination: Destination,
  body: ClaimingBody,
): Promise<TestedCredential> {
  const given = await chooseGiven(context, principal.organizationId, destination, body);
  const claim: Claim = {
    token: body.connection_test_id,
    destination,
    providerModelId: body.provider_model_id,
    task: body.task,
    fingerprint: given?.fingerprint,
  };
  const test = await findClaimedTest(context.database.db, principal, claim);
  const savedId = given?.kind === 'saved' ? given.row.id : test.credentialId;
  const moved = savedId === null ? await moveTestedCredential(context, destination, test) : null;
  return { claim, test, savedId, moved };
}

/** Uses the test up, and answers the ID of the credential, which is there from then on; null without one. */
export async function takeTestedCredential(
  tx: Transaction,
  principal: Principal,
  { claim, test, savedId, moved }: TestedCredential,
): Promise<string | null> {
  await consumeTest(tx, principal, claim, test);
  if (savedId !== null) await holdUnchanged(tx, principal.organizationId, savedId, test.fingerprint);
  if (moved) await insertCredential(tx, principal, moved);
  return savedId ?? moved?.id ?? null;
}

/** What the body itself says about the credential; null leaves it to the test. */
async function chooseGiven(context: RegistryContext, organizationId: string, destination: Destination, body: object) {
  const choice = credentialChoiceOf(body);
  if (choice.credential === undefined && choice.credential_id === undefined) return null;
  return chooseCredential(context, organizationId, destination, choice);
}

/** What was tested is the secret of that moment, so it must still be the one. */
async function holdUnchanged(tx: Transaction, organizationId: string, id: string, fingerprint: Uint8Array | null): Promise<void> {
  if (await holdCredential(tx, organizationId, id, fingerprint)) return;
  throw refuseSave('The saved credential has been replaced or deleted since the connection test.');
}

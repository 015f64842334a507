import type { Principal, SuggestedPrices } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { v7 as uuidv7 } from 'uuid';
import type { ChosenCredential } from '../credentials/choose-credential.ts';
import type { RegistryContext } from '../registry-context.ts';
import { digestConfiguration, type TestedConfiguration } from './config-digest.ts';
import type { Verdict } from './probe-connection.ts';
import { requireActor } from './require-actor.ts';
import { makeTestToken } from './test-token.ts';

const lifetimeMs = 10 * 60_000;

export interface TestedConnection extends Omit<TestedConfiguration, 'fingerprint'> {
  readonly credential: ChosenCredential;
}

/**
 * Keeps the result for the save: bound to organization, caller and exact configuration, for ten
 * minutes. An entered secret is kept, sealed under this row, only when the test has passed.
 */
export async function storeTest(
  { database, vault }: Pick<RegistryContext, 'database' | 'vault'>,
  principal: Principal,
  { destination, providerModelId, task, credential }: TestedConnection,
  verdict: Verdict,
  suggested: SuggestedPrices | null,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const { organizationId } = principal;
  const actor = requireActor(principal);
  const passed = verdict.error === null;
  const id = uuidv7();
  const { token, hash } = makeTestToken();
  const expiresAt = new Date(Date.now() + lifetimeMs);
  const place = { kind: 'connection_test', organizationId, id, version: 1, destination } as const;
  const sealed = credential.kind === 'entered' && passed ? await vault.seal(place, credential.open) : null;
  await database.db.insert(schema.connectionTests).values({
    organizationId,
    id,
    tokenHash: hash,
    actorType: actor.type,
    actorId: actor.id,
    configDigest: digestConfiguration({ destination, providerModelId, task, fingerprint: credential.fingerprint }),
    passed,
    cause: verdict.error?.reason ?? null,
    latencyMs: verdict.latencyMs,
    sealed: sealed?.sealed ?? null,
    dataKeyVersion: sealed?.dataKeyVersion ?? null,
    fingerprint: credential.fingerprint,
    preview: credential.kind === 'entered' ? credential.preview : null,
    credentialExpiresAt: credential.kind === 'entered' ? credential.expiresAt : null,
    credentialId: credential.kind === 'saved' ? credential.row.id : null,
    credentialVersion: credential.kind === 'saved' ? credential.row.version : null,
    suggestedPrices: suggested,
    quirks: { ...verdict.quirks },
    expiresAt,
  });
  return { token, expiresAt };
}

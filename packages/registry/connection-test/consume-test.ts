import { type ModelTask, PipelinesError, type Principal } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Destination } from '../credential-vault/credential-place.ts';
import { digestConfiguration } from './config-digest.ts';
import { requireActor } from './require-actor.ts';
import { hashTestToken } from './test-token.ts';

export type TestRow = typeof schema.connectionTests.$inferSelect;

const { connectionTests } = schema;

/** What a save is about to write. A fingerprint that is left out is the one of the credential that the test holds. */
export interface Claim {
  readonly token: string;
  readonly destination: Destination;
  readonly providerModelId: string;
  readonly task?: ModelTask | undefined;
  readonly fingerprint?: Uint8Array | null | undefined;
}

/**
 * The test that a save claims, when nothing speaks against it yet.
 * @throws PipelinesError `connection_test_required` with the reason
 */
export async function findClaimedTest(db: Queries, principal: Principal, claim: Claim): Promise<TestRow> {
  const [test] = await db.select().from(connectionTests).where(ownTest(principal, claim.token));
  if (!test) throw refuseSave('There is no connection test with this ID, or somebody else has made it.');
  if (!test.passed) throw refuseSave('The connection test has failed.');
  if (!Buffer.from(test.configDigest).equals(digestClaim(claim, test)))
    throw refuseSave('The settings have changed since the connection test.');
  if (test.consumedAt) throw refuseSave('The connection test has been used for another save already.');
  if (test.expiresAt <= new Date()) throw refuseSave('The connection test is older than ten minutes.');
  return test;
}

/**
 * Uses the test up: once, by the caller who made it, for exactly this configuration, within ten minutes.
 * The conditions are those of the statement itself, so that of two saves at the same time one has it.
 *
 * @throws PipelinesError `connection_test_required`
 */
export async function consumeTest(tx: Transaction, principal: Principal, claim: Claim, test: TestRow): Promise<void> {
  const consumed = await tx
    .update(connectionTests)
    .set({ consumedAt: sql`now()`, sealed: null })
    .where(
      and(
        ownTest(principal, claim.token),
        eq(connectionTests.passed, true),
        eq(connectionTests.configDigest, digestClaim(claim, test)),
        isNull(connectionTests.consumedAt),
        gt(connectionTests.expiresAt, sql`now()`),
      ),
    )
    .returning({ id: connectionTests.id });
  if (consumed.length !== 1) throw refuseSave('The connection test has been used or has expired meanwhile.');
}

export function refuseSave(detail: string): PipelinesError {
  return new PipelinesError('connection_test_required', { detail });
}

function digestClaim({ destination, providerModelId, task, fingerprint }: Claim, test: TestRow): Buffer {
  return digestConfiguration({
    destination,
    providerModelId,
    task,
    fingerprint: fingerprint === undefined ? test.fingerprint : fingerprint,
  });
}

function ownTest(principal: Principal, token: string): SQL | undefined {
  const actor = requireActor(principal);
  return and(
    eq(connectionTests.tokenHash, hashTestToken(token)),
    eq(connectionTests.organizationId, principal.organizationId),
    eq(connectionTests.actorType, actor.type),
    eq(connectionTests.actorId, actor.id),
  );
}

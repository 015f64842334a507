import type { CredentialTest, Principal, testCredentialBodySchema } from '@pipelines/contracts';
import type { z } from 'zod';
import { requireActor } from './connection-test/require-actor.ts';
import { runTest } from './connection-test/run-test.ts';
import { chooseCredential } from './credentials/choose-credential.ts';
import { destinationOfRow } from './credentials/destination-of-row.ts';
import { requireCredential } from './credentials/read-credentials.ts';
import { findUsingModels } from './credentials/using-models.ts';
import { toUnitPrices } from './price-book/unit-prices.ts';
import type { TestOptions } from './registry.ts';
import type { RegistryContext } from './registry-context.ts';

const maxModels = 50;

/**
 * Tries a new secret on every active model that uses the credential, one after the other, by name. Nothing is changed:
 * whoever has seen the verdicts decides.
 *
 * @throws PipelinesError `not_found`, `invalid_request`, `rate_limited`, `client_closed_request`
 */
export async function testCredential(
  context: RegistryContext,
  principal: Principal,
  id: string,
  { credential }: z.output<typeof testCredentialBodySchema>,
  signal: AbortSignal,
  options: TestOptions = {},
): Promise<CredentialTest> {
  requireActor(principal);
  const { db } = context.database;
  const { organizationId } = principal;
  const row = await requireCredential(db, organizationId, id);
  const destination = destinationOfRow(row);
  const entered = await chooseCredential(context, organizationId, destination, { credential });
  return context.testLimiter.run(principal, async () => {
    const models = await findUsingModels(db, organizationId, row.id);
    const data: CredentialTest['data'] = [];
    for (const model of models.slice(0, maxModels)) {
      const tested = { slug: model.slug, kind: 'custom' as const, prices: toUnitPrices(model), quirks: model.quirks };
      const run = { destination, providerModelId: model.providerModelId, task: model.task, credential: entered, model: tested };
      const { answer } = await runTest(context, principal, run, signal, options.requestId);
      const { passed, cause, message, fix, latency_ms } = answer;
      data.push({ slug: model.slug, display_name: model.displayName, passed, cause, message, fix, latency_ms });
    }
    return { data, untested: Math.max(0, models.length - maxModels) };
  });
}

import type { Connection, ConnectionTest, Principal } from '@pipelines/contracts';
import { chooseDestination } from './connection-test/choose-destination.ts';
import { requireActor } from './connection-test/require-actor.ts';
import { runTest } from './connection-test/run-test.ts';
import { chooseCredential, credentialChoiceOf } from './credentials/choose-credential.ts';
import type { TestOptions } from './registry.ts';
import type { RegistryContext } from './registry-context.ts';

/**
 * One small live call with exactly this configuration. Whatever the provider does is an answer with a
 * cause and a fix. A passed one can be saved once, within ten minutes, by the same caller.
 *
 * @throws PipelinesError `rate_limited`, `invalid_request`, `credential_required`, `not_found`, `client_closed_request`
 */
export async function testConnection(
  context: RegistryContext,
  principal: Principal,
  body: Connection,
  signal: AbortSignal,
  options: TestOptions = {},
): Promise<ConnectionTest> {
  requireActor(principal);
  return context.testLimiter.run(principal, async () => {
    const destination = chooseDestination(body);
    const credential = await chooseCredential(context, principal.organizationId, destination, credentialChoiceOf(body));
    const run = { destination, providerModelId: body.provider_model_id, task: body.task, credential, model: null };
    const { answer } = await runTest(context, principal, run, signal, options.requestId);
    return answer;
  });
}

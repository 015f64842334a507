import { type Capabilities, type Connection, PipelinesError, type Principal, type Probe } from '@pipelines/contracts';
import {
  type AdapterTarget,
  adapters,
  describeCause,
  destinationOf,
  type OpenCredential,
  presetOf,
  type Quirks,
  type UpstreamError,
} from '@pipelines/providers';
import { v7 as uuidv7 } from 'uuid';
import { type Ask, type AskedModel, createAsk } from './capability-probe/ask-model.ts';
import { quirksOf, reasoningParameterOf } from './capability-probe/derive-quirks.ts';
import { randomWord } from './capability-probe/nonce.ts';
import { presentCheck, presentProbe } from './capability-probe/present-probe.ts';
import { runProbe } from './capability-probe/run-probe.ts';
import { insertProbe, probeDigest } from './capability-probe/store-probe.ts';
import { sumCosts } from './capability-probe/sum-costs.ts';
import { chooseDestination } from './connection-test/choose-destination.ts';
import type { TriedConnection } from './connection-test/meter-call.ts';
import { requireActor } from './connection-test/require-actor.ts';
import type { Destination } from './credential-vault/credential-place.ts';
import { type ChosenCredential, chooseCredential, credentialChoiceOf, openChosen } from './credentials/choose-credential.ts';
import type { TestOptions } from './registry.ts';
import type { RegistryContext } from './registry-context.ts';

/** The key that serves the platform models. */
export interface OperatorCredential {
  readonly kind: 'operator';
  readonly open: OpenCredential;
}

/** What is measured, and for which model if it is saved. */
export interface ProbedConnection {
  readonly destination: Destination;
  readonly providerModelId: string;
  /** The operator's own key opens nothing: it is there. */
  readonly credential: ChosenCredential | OperatorCredential;
  readonly model: TriedConnection['model'];
  readonly quirks: Quirks;
}

const probeTimeoutMs = 240_000;
const allCapabilities: Capabilities = { json_mode: true, vision: true, tool_use: true, reasoning: true };

/**
 * Measures what a model that is not saved yet can do. Whoever saves the same connection later finds it.
 *
 * @throws PipelinesError `rate_limited`, `invalid_request`, `credential_required`, `not_found`, `upstream_error`, `client_closed_request`
 */
export async function probeConnection(
  context: RegistryContext,
  principal: Principal,
  body: Connection,
  signal: AbortSignal,
  options: TestOptions = {},
): Promise<Probe> {
  requireActor(principal);
  if (body.task === 'embeddings') throw new PipelinesError('model_task_mismatch');
  return context.testLimiter.run(principal, async () => {
    const destination = chooseDestination(body);
    const credential = await chooseCredential(context, principal.organizationId, destination, credentialChoiceOf(body));
    // A key that cannot work is not sent anywhere.
    if (credential.kind === 'entered' && credential.fault) throw nothingMeasured(credential.fault, destination, body.provider_model_id);
    const connection = { destination, providerModelId: body.provider_model_id, credential, model: null, quirks: {} };
    return probeCapabilities(context, principal, connection, signal, options);
  });
}

/** Makes the calls, keeps what they have shown, and tells it. */
export async function probeCapabilities(
  context: RegistryContext,
  principal: Principal,
  connection: ProbedConnection,
  signal: AbortSignal,
  { requestId = uuidv7() }: TestOptions = {},
): Promise<Probe> {
  const { organizationId } = principal;
  const { destination, providerModelId, credential: chosen, model } = connection;
  const { provider } = destination;
  const adapter = adapters[presetOf(provider).protocol];
  const credential = chosen.kind === 'operator' ? chosen.open : await openChosen(context, chosen);
  const target = targetOf(context, connection);
  const credentialId = chosen.kind === 'saved' ? chosen.row.id : null;
  const tried = { principal, requestId, provider, target, credential, model, credentialId };
  const asked: AskedModel[] = [];
  const askOnce = createAsk(context, tried, performance.now() + probeTimeoutMs, signal);
  const ask: Ask = async (request, change) => {
    const answer = await askOnce(request, change);
    asked.push(answer);
    return answer;
  };
  const judged = await runProbe(ask, { ...adapter, quirks: target.quirks }, randomWord);
  refuseIfNothingAnswered(asked, connection);

  const digest = probeDigest(destination, providerModelId);
  const row = await insertProbe(context.database.db, {
    organizationId,
    connectionDigest: digest,
    slug: model?.slug ?? null,
    checks: judged.map((check) => presentCheck(check, credential)),
    reasoningParameter: reasoningParameterOf(judged),
    quirks: quirksOf(judged),
    calls: asked.length,
    cost: sumCosts(asked),
    createdBy: principal.actor.type === 'member' ? principal.actor.id : null,
  });
  return presentProbe(row, digest);
}

function targetOf({ providerBaseUrls }: RegistryContext, { destination, providerModelId, quirks }: ProbedConnection): AdapterTarget {
  return {
    ...destinationOf({ ...destination, overrides: providerBaseUrls }),
    providerModelId,
    quirks: { ...presetOf(destination.provider).quirks, ...quirks },
    // What is switched off would not be sent.
    capabilities: allCapabilities,
    reasoningParameter: 'effort',
    maxTokens: null,
  };
}

/** Where not a single call was answered nothing has been measured: that is a matter of the connection. @throws PipelinesError `upstream_error` */
function refuseIfNothingAnswered(asked: readonly AskedModel[], { destination, providerModelId }: ProbedConnection): void {
  const [first] = asked;
  if (!first?.error || asked.some(({ error }) => error === null)) return;
  throw nothingMeasured(first.error, destination, providerModelId);
}

function nothingMeasured(error: UpstreamError, { provider, region, baseUrl }: Destination, providerModelId: string): PipelinesError {
  const { message, fix } = describeCause(error, { providerName: presetOf(provider).name, providerModelId, region, baseUrl });
  return new PipelinesError('upstream_error', { detail: `Nothing could be measured. ${message}`, fix });
}

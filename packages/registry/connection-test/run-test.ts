import type { Capabilities, ConnectionTest, ModelKind, Principal, UnitPrices } from '@pipelines/contracts';
import { type AdapterTarget, destinationOf, type ProviderListing, presetOf, type Quirks } from '@pipelines/providers';
import { v7 as uuidv7 } from 'uuid';
import { openChosen } from '../credentials/choose-credential.ts';
import { findReusableCredential } from '../credentials/find-credential.ts';
import { presentCredential } from '../models/present-model.ts';
import { readSourcePrices } from '../price-book/source-prices.ts';
import { toSuggestion } from '../price-book/sourced-prices.ts';
import type { RegistryContext } from '../registry-context.ts';
import { describeFailure, describeSuccess } from './describe-verdict.ts';
import { probeConnection, type Verdict } from './probe-connection.ts';
import { readProviderList } from './read-provider-list.ts';
import { replyPreview } from './reply-preview.ts';
import { storeTest, type TestedConnection } from './store-test.ts';

/** A connection to be tested; `model` is the saved one that it belongs to. */
export interface TestRun extends TestedConnection {
  readonly model: { readonly slug: string; readonly kind: ModelKind; readonly prices: UnitPrices; readonly quirks: Quirks } | null;
}

export interface TestOutcome {
  readonly answer: ConnectionTest;
  readonly verdict: Verdict;
}

/** Calls, judges, looks around for what helps, and keeps the result. */
export async function runTest(
  context: RegistryContext,
  principal: Principal,
  run: TestRun,
  signal: AbortSignal,
  requestId: string = uuidv7(),
): Promise<TestOutcome> {
  const { organizationId } = principal;
  const { destination, providerModelId, task = 'chat', credential } = run;
  const { provider } = destination;
  const open = await openChosen(context, credential);
  const target = targetOf(context, run);
  const credentialId = credential.kind === 'saved' ? credential.row.id : null;
  const fault = credential.kind === 'entered' ? credential.fault : null;
  const verdict: Verdict = fault
    ? { error: fault, latencyMs: 0, reply: null, usage: null, quirks: {} }
    : await probeConnection(
        context,
        { principal, requestId, provider, target, task, credential: open, model: run.model, credentialId },
        signal,
      );

  const listings = helpsToKnow(verdict)
    ? await readProviderList(context, { organizationId, provider, target, credential: open }, signal)
    : [];
  const listing = listings.find(({ id }) => id === providerModelId) ?? null;
  const said = verdict.error ? null : readSourcePrices(provider, providerModelId, listing, new Date());
  const suggested = said && toSuggestion(said);
  const words = verdict.error
    ? await describeFailure(context, verdict.error, { organizationId, destination, target, credential: open, listings }, signal)
    : describeSuccess(verdict.latencyMs);
  const reusable =
    credential.kind === 'entered'
      ? await findReusableCredential(context.database.db, organizationId, destination, credential.fingerprint)
      : null;
  const { token, expiresAt } = await storeTest(context, principal, run, verdict, suggested);

  const passed = verdict.error === null;
  const cause = verdict.error?.reason ?? null;
  context.log({ event: 'connection_test_finished', organizationId, provider, passed, cause, latencyMs: verdict.latencyMs });
  return {
    verdict,
    answer: {
      id: token,
      passed,
      cause,
      ...words,
      latency_ms: verdict.latencyMs,
      reply_preview: replyPreview(verdict.reply, open),
      usage: verdict.usage && { prompt_tokens: verdict.usage.promptTokens, completion_tokens: verdict.usage.completionTokens },
      suggested_prices: suggested,
      capabilities_seen: capabilitiesSeen(listing),
      max_tokens_seen: listing?.maxOutputTokens ?? null,
      reusable_credential: reusable && { ...presentCredential(reusable.credential), models: reusable.models },
      expires_at: passed ? expiresAt.toISOString() : null,
    },
  };
}

const noCapabilities: Capabilities = { json_mode: false, vision: false, tool_use: false, reasoning: false };

/** What a real call would be sent to: the operator's override of the destination, if there is one. */
function targetOf({ providerBaseUrls }: RegistryContext, { destination, providerModelId, model }: TestRun): AdapterTarget {
  return {
    ...destinationOf({ ...destination, overrides: providerBaseUrls }),
    providerModelId,
    quirks: { ...presetOf(destination.provider).quirks, ...model?.quirks },
    capabilities: noCapabilities,
    reasoningParameter: null,
    maxTokens: null,
  };
}

/** The provider's list tells prices and limits of what works, and names what may have been meant. */
function helpsToKnow({ error }: Verdict): boolean {
  return error === null || ['model_not_found', 'not_chat_model', 'needs_inference_profile'].includes(error.reason);
}

function capabilitiesSeen(listing: ProviderListing | null): ConnectionTest['capabilities_seen'] {
  return listing?.capabilities ?? null;
}

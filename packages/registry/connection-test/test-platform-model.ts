import { type ConnectionTest, type ModelConnectionTestBody, PipelinesError, type Principal } from '@pipelines/contracts';
import { destinationOf } from '@pipelines/providers';
import { v7 as uuidv7 } from 'uuid';
import type { PlatformModelRow } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';
import { resolvePlatformModel } from '../snapshot/resolve-model.ts';
import { describeFailure, describeSuccess } from './describe-verdict.ts';
import { probeConnection } from './probe-connection.ts';
import { replyPreview } from './reply-preview.ts';

const provider = 'openrouter';
const authKind = 'api_key';

/**
 * One live call of a platform model with the operator's key. Nothing of it can be saved or edited, so
 * its result is told and not kept.
 *
 * @throws PipelinesError `platform_not_configured`, `platform_model_immutable` for a draft of an edit
 */
export async function testPlatformModel(
  context: RegistryContext,
  principal: Principal,
  row: PlatformModelRow,
  body: ModelConnectionTestBody,
  signal: AbortSignal,
  requestId: string = uuidv7(),
): Promise<ConnectionTest> {
  const { platformKey } = context;
  if (Object.keys(body).length > 0) throw new PipelinesError('platform_model_immutable');
  if (!row.active) throw new PipelinesError('model_inactive');
  if (!platformKey) throw new PipelinesError('platform_not_configured');
  const { organizationId } = principal;
  const credential = { apiKey: platformKey };
  const { target, prices, slug, kind } = resolvePlatformModel(row, context);
  const model = { slug, kind, prices };
  const verdict = await probeConnection(context, { principal, requestId, provider, target, credential, model, credentialId: null }, signal);
  const { error, latencyMs, usage } = verdict;
  // Told is the provider's own host: where the operator leads the way to it is not for an organization to see.
  const { baseUrl, region } = destinationOf({ provider, authKind });
  const destination = { provider, authKind, baseUrl, region } as const;
  const words = error
    ? await describeFailure(context, error, { organizationId, destination, target, credential, listings: [] }, signal)
    : describeSuccess(latencyMs);
  context.log({
    event: 'connection_test_finished',
    organizationId,
    provider,
    passed: error === null,
    cause: error?.reason ?? null,
    latencyMs,
  });
  return {
    id: uuidv7(),
    passed: error === null,
    cause: error?.reason ?? null,
    ...words,
    latency_ms: latencyMs,
    reply_preview: replyPreview(verdict.reply, credential),
    usage: usage && { prompt_tokens: usage.promptTokens, completion_tokens: usage.completionTokens },
    suggested_prices: null,
    capabilities_seen: null,
    max_tokens_seen: null,
    reusable_credential: null,
    expires_at: null,
  };
}

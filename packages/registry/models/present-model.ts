import type { AuthKind, CredentialSummary, Model, ModelHealth, ModelStatus, ProviderId, UpstreamCause } from '@pipelines/contracts';
import { presetOf } from '@pipelines/providers';
import { type ProposalRow, presentOpenProposal } from '../price-book/present-proposal.ts';
import { presentPrices } from '../price-book/unit-prices.ts';
import { type CredentialRow, capabilitiesOf, type ModelRow, type ModelWithCredential, type PlatformModelRow } from './model-rows.ts';

/** What is told of a model besides its row. */
export interface ModelView {
  readonly defaultSlug: string | null;
  readonly health: ModelHealth;
}

/** A custom model as the API tells it, with its open price proposal. */
export function presentCustomModel(
  { model, credential }: ModelWithCredential,
  { defaultSlug, health }: ModelView,
  proposal: ProposalRow | null,
): Model {
  const provider = model.provider as ProviderId;
  const { protocol, baseUrl } = presetOf(provider);
  return {
    ...presentSettings(model, defaultSlug),
    price_proposal: proposal && presentOpenProposal(proposal, model),
    kind: 'custom',
    provider,
    protocol,
    base_url: baseUrl.kind === 'given' ? model.baseUrl : null,
    region: model.region,
    credential: credential && presentCredential(credential),
    status: statusOf(model),
    status_detail: statusDetailOf(model, credential),
    health,
    last_test: presentLastTest(model),
    untested_since: model.untestedSince?.toISOString() ?? null,
  };
}

/** @param configured whether the operator has set the key of the platform models */
export function presentPlatformModel(row: PlatformModelRow, configured: boolean, { defaultSlug, health }: ModelView): Model {
  return {
    ...presentSettings(row, defaultSlug),
    price_proposal: null,
    kind: 'platform',
    provider: 'openrouter',
    protocol: presetOf('openrouter').protocol,
    base_url: null,
    region: null,
    credential: null,
    status: platformStatusOf(row, configured),
    status_detail: row.active && !configured ? 'Platform models need a key of the operator: set OPENROUTER_API_KEY.' : null,
    health,
    last_test: null,
    untested_since: null,
  };
}

/** What may be known of a credential. */
export function presentCredential(row: CredentialRow): CredentialSummary {
  return { id: row.id, preview: row.preview, auth_kind: row.authKind as AuthKind, expires_at: row.expiresAt?.toISOString() ?? null };
}

export function platformStatusOf(row: PlatformModelRow, configured: boolean): ModelStatus {
  if (!row.active) return 'deactivated';
  return configured ? 'ready' : 'not_configured';
}

function statusOf(row: ModelRow): ModelStatus {
  if (!row.active) return 'deactivated';
  if (row.untestedSince !== null || row.lastTestPassed === null) return 'untested';
  return row.lastTestPassed ? 'ready' : 'failing';
}

function statusDetailOf(model: ModelRow, credential: CredentialRow | null): string | null {
  if (model.active && credential && credential.sealed === null) return 'Its credential has been deleted: enter one again.';
  return null;
}

function presentLastTest(row: ModelRow): Model['last_test'] {
  if (row.lastTestAt === null || row.lastTestPassed === null) return null;
  return {
    passed: row.lastTestPassed,
    cause: row.lastTestCause as UpstreamCause | null,
    latency_ms: row.lastTestLatencyMs ?? 0,
    at: row.lastTestAt.toISOString(),
  };
}

function presentSettings(row: ModelRow | PlatformModelRow, defaultSlug: string | null) {
  return {
    slug: row.slug,
    task: 'task' in row ? row.task : ('chat' as const),
    display_name: row.displayName,
    provider_model_id: row.providerModelId,
    max_tokens: row.maxTokens,
    context_tokens: row.contextTokens,
    capabilities: capabilitiesOf(row),
    reasoning_parameter: row.reasoningParameter,
    ...presentPrices(row),
    price_source: row.priceSource,
    ...presentOrigin(row),
    ...presentSourced('listed' in row ? row : null),
    is_default: row.slug === defaultSlug,
    active: row.active,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** What only the source of the platform models tells. */
function presentSourced(row: PlatformModelRow | null) {
  return {
    reasoning_efforts: row?.reasoningEfforts ?? null,
    input_modalities: row?.inputModalities ?? null,
    listed: row?.listed ?? true,
    retires_on: row?.retiresOn ?? null,
  };
}

/** Of a platform model its source: it says all of them at once. */
function presentOrigin(row: ModelRow | PlatformModelRow) {
  if (!('sourceAt' in row)) return { price_dated: row.priceDated, price_url: row.priceUrl };
  return { price_dated: row.sourceAt.toISOString().slice(0, 10), price_url: presetOf('openrouter').pricesUrl };
}

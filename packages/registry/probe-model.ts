import { PipelinesError, type Principal, type Probe } from '@pipelines/contracts';
import { announceChange, schema } from '@pipelines/database';
import { destinationOf, type Quirks } from '@pipelines/providers';
import { and, eq } from 'drizzle-orm';
import { presentProbe } from './capability-probe/present-probe.ts';
import { findQuirks, probeDigest, selectProbes } from './capability-probe/store-probe.ts';
import { requireActor } from './connection-test/require-actor.ts';
import type { Destination } from './credential-vault/credential-place.ts';
import { destinationOfRow } from './credentials/destination-of-row.ts';
import { findModel, findPlatformModel, type ModelRow, type PlatformModelRow } from './models/model-rows.ts';
import { planConnection } from './models/plan-connection.ts';
import { toUnitPrices } from './price-book/unit-prices.ts';
import { type ProbedConnection, probeCapabilities } from './probe-capabilities.ts';
import type { TestOptions } from './registry.ts';
import type { RegistryContext } from './registry-context.ts';
import { resolvePlatformModel } from './snapshot/resolve-model.ts';

const platformProvider = 'openrouter';

/**
 * Measures what a saved model can do. The repairs that a custom model is found to need hold for its calls from then on.
 *
 * @throws PipelinesError `model_not_found`, `model_inactive`, `platform_not_configured`, `rate_limited`, `upstream_error`
 */
export async function probeModel(
  context: RegistryContext,
  principal: Principal,
  slug: string,
  signal: AbortSignal,
  options: TestOptions = {},
): Promise<Probe> {
  requireActor(principal);
  const { db } = context.database;
  const custom = (await findModel(db, principal.organizationId, slug))?.model ?? null;
  const platform = custom === null ? await findPlatformModel(db, slug) : null;
  const row = custom ?? platform;
  if (row === null) throw new PipelinesError('model_not_found');
  if (!row.active) throw new PipelinesError('model_inactive');
  if (custom?.task === 'embeddings') throw new PipelinesError('model_task_mismatch');
  return context.testLimiter.run(principal, async () => {
    const connection = custom ? await connectionOf(context, custom) : platformConnection(context, platform as PlatformModelRow);
    const probe = await probeCapabilities(context, principal, connection, signal, options);
    if (custom) await applyRepairs(context, custom);
    return probe;
  });
}

/** @throws PipelinesError `model_not_found` */
export async function listProbes({ database }: RegistryContext, organizationId: string, slug: string): Promise<{ data: Probe[] }> {
  const { db } = database;
  const custom = (await findModel(db, organizationId, slug))?.model ?? null;
  const row = custom ?? (await findPlatformModel(db, slug));
  if (row === null) throw new PipelinesError('model_not_found');
  const digest = custom ? digestOf(custom) : probeDigest(platformDestination(), row.providerModelId);
  const rows = await selectProbes(db, organizationId, slug, digest);
  return { data: rows.map((probe) => presentProbe(probe, digest)) };
}

function digestOf(row: ModelRow): Buffer {
  return probeDigest(destinationOfRow(row), row.providerModelId);
}

async function connectionOf(context: RegistryContext, row: ModelRow): Promise<ProbedConnection> {
  const { destination, providerModelId, credential } = await planConnection(context, row, {});
  const model = { slug: row.slug, kind: 'custom' as const, prices: toUnitPrices(row) };
  // Measured is the model as its preset has it: an earlier repair must be able to prove needless.
  return { destination, providerModelId, credential, model, quirks: {} };
}

function platformConnection(context: RegistryContext, row: PlatformModelRow): ProbedConnection {
  const { platformKey } = context;
  if (platformKey === null) throw new PipelinesError('platform_not_configured');
  const { prices, slug, kind } = resolvePlatformModel(row, context);
  return {
    destination: platformDestination(),
    providerModelId: row.providerModelId,
    credential: { kind: 'operator', open: { apiKey: platformKey } },
    model: { slug, kind, prices },
    quirks: {},
  };
}

/** As the provider itself has it: where the operator leads the way to it is nobody's matter. */
function platformDestination(): Destination {
  const { baseUrl, region } = destinationOf({ provider: platformProvider, authKind: 'api_key' });
  return { provider: platformProvider, authKind: 'api_key', baseUrl, region };
}

/** Only on the connection that was measured. */
async function applyRepairs({ database, refresh }: RegistryContext, probed: ModelRow): Promise<void> {
  const { models } = schema;
  const { organizationId } = probed;
  await database.db.transaction(async (tx) => {
    const found = await findQuirks(tx, organizationId, digestOf(probed));
    await tx
      .update(models)
      .set({ quirks: { ...withoutMeasured(probed.quirks), ...found } })
      .where(
        and(
          eq(models.organizationId, organizationId),
          eq(models.id, probed.id),
          eq(models.providerModelId, probed.providerModelId),
          eq(models.baseUrl, probed.baseUrl),
        ),
      );
    await announceChange(tx, { topic: 'models', organizationId });
  });
  await refresh(organizationId);
}

/** What a probe looks at, it decides. */
function withoutMeasured({ maxTokensField: _, developerRole: __, streamedTools: ___, ...rest }: Quirks): Quirks {
  return rest;
}

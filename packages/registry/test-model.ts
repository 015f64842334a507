import { type ConnectionTest, type ModelConnectionTestBody, PipelinesError, type Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, eq, sql } from 'drizzle-orm';
import type { Verdict } from './connection-test/probe-connection.ts';
import { requireActor } from './connection-test/require-actor.ts';
import { runTest } from './connection-test/run-test.ts';
import { testPlatformModel } from './connection-test/test-platform-model.ts';
import { findModel, findPlatformModel, type ModelRow } from './models/model-rows.ts';
import { planConnection } from './models/plan-connection.ts';
import { toUnitPrices } from './price-book/unit-prices.ts';
import type { TestOptions } from './registry.ts';
import type { RegistryContext } from './registry-context.ts';

/**
 * Tests a saved model as it is, or a draft of an edit. A test of the saved connection itself is kept on
 * the model; a draft's is not, because nothing has been changed yet.
 *
 * @throws PipelinesError `model_not_found`, `model_inactive`, `credential_required`, `platform_not_configured`, `rate_limited`
 */
export async function testModel(
  context: RegistryContext,
  principal: Principal,
  slug: string,
  body: ModelConnectionTestBody,
  signal: AbortSignal,
  options: TestOptions = {},
): Promise<ConnectionTest> {
  requireActor(principal);
  const { db } = context.database;
  const found = await findModel(db, principal.organizationId, slug);
  const platform = found ? null : await findPlatformModel(db, slug);
  return context.testLimiter.run(principal, async () => {
    if (platform) return testPlatformModel(context, principal, platform, body, signal, options.requestId);
    if (!found) throw new PipelinesError('model_not_found');
    const { model } = found;
    if (!model.active) throw new PipelinesError('model_inactive');
    const plan = await planConnection(context, model, body);
    const run = {
      ...plan,
      task: model.task,
      model: { slug, kind: 'custom' as const, prices: toUnitPrices(model), quirks: plan.changed ? {} : model.quirks },
    };
    const { answer, verdict } = await runTest(context, principal, run, signal, options.requestId);
    if (!plan.changed) await keepOnModel(context, model, verdict);
    return answer;
  });
}

/** Only where the connection is still the one that was tested. */
async function keepOnModel({ database, refresh }: RegistryContext, tested: ModelRow, verdict: Verdict): Promise<void> {
  const { models } = schema;
  const passed = verdict.error === null;
  await database.db
    .update(models)
    .set({
      lastTestPassed: passed,
      lastTestCause: verdict.error?.reason ?? null,
      lastTestLatencyMs: verdict.latencyMs,
      lastTestAt: sql`now()`,
      ...(passed && { untestedSince: null, quirks: { ...tested.quirks, ...verdict.quirks } }),
    })
    .where(
      and(
        eq(models.organizationId, tested.organizationId),
        eq(models.id, tested.id),
        eq(models.providerModelId, tested.providerModelId),
        eq(models.baseUrl, tested.baseUrl),
        tested.untestedSince === null ? sql`${models.untestedSince} is null` : eq(models.untestedSince, tested.untestedSince),
      ),
    );
  await refresh(tested.organizationId);
}

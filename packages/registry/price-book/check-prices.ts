import { PipelinesError, type PriceCheck, type Principal, type ProviderId } from '@pipelines/contracts';
import { destinationOf, type ProviderListing, presetOf } from '@pipelines/providers';
import { readProviderList } from '../connection-test/read-provider-list.ts';
import { openChosen } from '../credentials/choose-credential.ts';
import { destinationOfRow } from '../credentials/destination-of-row.ts';
import { unknownModel } from '../deactivate-model.ts';
import { findModel, type ModelWithCredential } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';
import { noteCheck, readCheck } from './note-check.ts';
import { type CheckRow, presentCheck } from './present-check.ts';
import { readSourcePrices } from './source-prices.ts';

/**
 * Looks what the sources say of one custom model's prices now.
 * @throws PipelinesError `model_not_found`, `platform_model_immutable`, `model_inactive`, `rate_limited`, `conflict`
 */
export async function checkModelPrices(
  context: RegistryContext,
  principal: Principal,
  slug: string,
  signal: AbortSignal,
): Promise<PriceCheck> {
  const { db } = context.database;
  const found = await findModel(db, principal.organizationId, slug);
  if (!found) throw await unknownModel(db, slug);
  if (!found.model.active) throw new PipelinesError('model_inactive');
  await context.testLimiter.countModelList(principal);
  const [check] = await checkPrices(context, [found], signal);
  // It is another model by now.
  if (!check) throw new PipelinesError('conflict');
  return presentCheck(check);
}

/** What a look at the sources needs. */
export type CheckContext = Pick<RegistryContext, 'database' | 'vault' | 'egress' | 'providerBaseUrls'>;

/** The same of models that are reached with one credential at one destination: their provider is asked once. */
export async function checkPrices(
  context: CheckContext,
  group: readonly ModelWithCredential[],
  signal: AbortSignal,
): Promise<readonly CheckRow[]> {
  const [first] = group;
  if (first === undefined) return [];
  const listings = await readListings(context, first, signal);
  const checks: CheckRow[] = [];
  for (const { model } of group) {
    const listing = listings.find(({ id }) => id === model.providerModelId) ?? null;
    const said = readSourcePrices(model.provider as ProviderId, model.providerModelId, listing, new Date());
    const check = await context.database.db.transaction(async (tx) => {
      // A list that told prices and cannot be read now has not changed its mind: no other source speaks in its place.
      const isMute = listings.length === 0 && (await readCheck(tx, model))?.source === 'provider';
      return noteCheck(tx, model, isMute ? null : said);
    });
    if (check) checks.push(check);
  }
  return checks;
}

/** The provider's own list; empty where it has none, or does not give it. */
async function readListings(
  context: CheckContext,
  { model, credential }: ModelWithCredential,
  signal: AbortSignal,
): Promise<readonly ProviderListing[]> {
  const { organizationId } = model;
  const provider = model.provider as ProviderId;
  const destination = destinationOf({ ...destinationOfRow(model), overrides: context.providerBaseUrls });
  try {
    const chosen = credential
      ? ({ kind: 'saved', row: credential, fingerprint: credential.fingerprint } as const)
      : ({ kind: 'none', fingerprint: null } as const);
    const open = await openChosen(context, chosen);
    const target = { ...destination, quirks: presetOf(provider).quirks };
    return await readProviderList(context, { organizationId, provider, target, credential: open }, signal);
  } catch (error) {
    // A credential that is gone or cannot be opened: other sources still know.
    if (error instanceof PipelinesError) return [];
    throw error;
  }
}

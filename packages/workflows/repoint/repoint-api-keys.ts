import { isAllowed, PipelinesError, type Principal, type RepointedApiKey } from '@pipelines/contracts';
import type { Queries, Transaction } from '@pipelines/database';
import { findKeysLimitedTo, type LimitedKey, setAllowedModels } from '@pipelines/identity';
import type { RepointModels } from './plan-workflow.ts';

/** What a repoint would do to one API key. */
export interface ApiKeyPlan {
  readonly key: LimitedKey;
  /** The new limits; null: it stays as it is. */
  readonly allowedModels: readonly string[] | null;
  readonly refusal: string | null;
}

/**
 * The keys that are limited to the old model. Those that were chosen get the new one in its place.
 *
 * @throws PipelinesError `not_found` for a chosen key that is not limited to the model, `forbidden`
 */
export async function planApiKeys(
  db: Queries | Transaction,
  principal: Principal,
  { fromSlug, to }: RepointModels,
  chosen: readonly string[] = [],
): Promise<ApiKeyPlan[]> {
  if (!isAllowed(principal.role, 'keys:read')) {
    if (chosen.length > 0) throw new PipelinesError('forbidden');
    return [];
  }
  const keys = await findKeysLimitedTo(db, principal, fromSlug);
  if (chosen.some((id) => keys.every((key) => key.id !== id)))
    throw new PipelinesError('not_found', { detail: 'One of the API keys does not exist, or is not limited to this model.' });
  return keys.map((key) => {
    const changes = chosen.includes(key.id) && key.refusal === null;
    return {
      key,
      allowedModels: changes ? replaceSlug(key.allowedModels, fromSlug, to.slug) : null,
      refusal: chosen.includes(key.id) ? key.refusal : null,
    };
  });
}

export async function writeApiKeys(tx: Transaction, principal: Principal, plans: readonly ApiKeyPlan[]): Promise<void> {
  const changes = plans.flatMap(({ key, allowedModels }) => (allowedModels === null ? [] : [[key.id, allowedModels] as const]));
  await setAllowedModels(tx, principal, new Map(changes));
}

export function presentApiKey({ key, allowedModels, refusal }: ApiKeyPlan): RepointedApiKey {
  const outcome = allowedModels !== null ? 'repointed' : refusal !== null ? 'refused' : 'offered';
  return { id: key.id, name: key.name, last_four: key.lastFour, outcome, message: refusal };
}

/** In the same place of the list, and once. */
export function replaceSlug(allowed: readonly string[], from: string, to: string): string[] {
  return [...new Set(allowed.map((slug) => (slug === from ? to : slug)))];
}

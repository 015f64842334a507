import type { Principal, UndoneRepoint } from '@pipelines/contracts';
import type { Transaction } from '@pipelines/database';
import { lockLimitedKeys, setAllowedModels } from '@pipelines/identity';
import { replaceSlug } from './repoint-api-keys.ts';
import type { ChangeRow, RepointRow } from './repoint-rows.ts';

/** Gives keys back the limits that they had, where nobody has changed them since and the caller may change the key. */
export async function restoreApiKeys(
  tx: Transaction,
  principal: Principal,
  { fromSlug, toSlug }: RepointRow,
  changes: readonly ChangeRow[],
): Promise<UndoneRepoint['api_keys']> {
  const before = new Map(
    changes.flatMap(({ apiKeyId, allowedBefore }) => (apiKeyId && allowedBefore ? [[apiKeyId, allowedBefore] as const] : [])),
  );
  const keys = await lockLimitedKeys(tx, principal, [...before.keys()]);
  const restored = new Map<string, readonly string[]>();
  for (const key of keys) {
    const allowed = before.get(key.id) ?? [];
    const isUnchanged = JSON.stringify(key.allowedModels) === JSON.stringify(replaceSlug(allowed, fromSlug, toSlug));
    const isGrantable = principal.allowedModels === null || allowed.every((slug) => principal.allowedModels?.has(slug));
    if (isUnchanged && isGrantable && key.refusal === null) restored.set(key.id, allowed);
  }
  await setAllowedModels(tx, principal, restored);
  return keys.map(({ id, name, lastFour }) => ({ id, name, last_four: lastFour, outcome: restored.has(id) ? 'restored' : 'kept' }));
}

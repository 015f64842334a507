import { findPlace } from './answer-place.ts';
import type { CacheableCall, CacheDoors } from './cacheable-call.ts';
import { CachedCall } from './cached-call.ts';

/** The place of a call's answer among the kept ones; null where none is kept: neither by the model's settings nor by the call's wish. */
export function openCachedCall(doors: CacheDoors, call: CacheableCall): CachedCall | null {
  const { asked, model, wish } = call;
  const forSeconds = wish?.maxAgeSeconds ?? model.cacheSeconds;
  if (forSeconds === null || wish?.keepNothing === true) return null;
  const prefix = `${keyPrefix(asked.principal.organizationId, model.slug)}${model.version}/`;
  return new CachedCall(doors, call, findPlace(prefix, call), forSeconds * 1_000);
}

/** What the keys of a model's answers begin with: no other organization's key does. */
export function keyPrefix(organizationId: string, slug: string): string {
  return `${organizationId}/${slug}/`;
}

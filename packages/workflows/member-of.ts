import type { Principal } from '@pipelines/contracts';

/** The person who calls; null for an API key or the system. */
export function memberOf({ actor }: Principal): string | null {
  return actor.type === 'member' ? actor.id : null;
}

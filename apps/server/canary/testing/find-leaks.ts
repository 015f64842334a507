import type { Canary } from './canaries.ts';
import { spellCanary } from './spell-canary.ts';

/** Something that was written down or sent, by its name. */
export interface Place {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Where a secret may be shown, and how often at most: an API key in the one answer that makes it. */
export interface Exception {
  readonly canary: string;
  readonly place: RegExp;
  readonly times: number;
}

/** Every secret in every place where it may not be, as sentences without the secret. */
export function findLeaks(canaries: readonly Canary[], places: readonly Place[], exceptions: readonly Exception[] = []): string[] {
  const leaks: string[] = [];
  for (const canary of canaries) {
    const spellings = spellCanary(canary);
    const own = exceptions.filter((exception) => exception.canary === canary.name).map((exception) => ({ ...exception }));
    for (const place of places) {
      const spelling = spellings.find(({ needle }) => place.bytes.includes(needle));
      if (spelling === undefined) continue;
      const exception = own.find(({ place: pattern }) => pattern.test(place.name));
      if (exception !== undefined && countOf(place.bytes, canary.bytes) <= exception.times) {
        exception.times -= countOf(place.bytes, canary.bytes);
        continue;
      }
      leaks.push(`${canary.name} (${spelling.encoding}) in ${place.name}`);
    }
  }
  return leaks;
}

function countOf(bytes: Buffer, needle: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + needle.length)) count += 1;
  return count;
}

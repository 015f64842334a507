import { distance } from 'fastest-levenshtein';

const maxCompared = 2_000;
const maxIdLength = 300;

/** The IDs of a provider's list that a mistyped one may have meant, nearest first. */
export function nearestModelIds(wanted: string, ids: readonly string[], count = 3): string[] {
  const plain = normalize(wanted);
  return ids
    .slice(0, maxCompared)
    .filter((id) => id.length <= maxIdLength)
    .map((id) => ({ id, score: score(plain, normalize(id)) }))
    .filter(({ score }) => score <= 0.6)
    .sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);
}

/** 0 is equal, 1 has nothing in common. Owners (`accounts/acme/models/`) are often what is wrong, so the last part alone counts as well. */
function score(a: string, b: string): number {
  const whole = distance(a, b) / Math.max(a.length, b.length, 1);
  const [lastOfA, lastOfB] = [lastPart(a), lastPart(b)];
  const last = distance(lastOfA, lastOfB) / Math.max(lastOfA.length, lastOfB.length, 1);
  return Math.min(whole, last + 0.05);
}

const normalize = (id: string) => id.toLowerCase().replace(/[._:\s]+/g, '-');
const lastPart = (id: string) => id.slice(id.lastIndexOf('/') + 1);

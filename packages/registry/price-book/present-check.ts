import type { PriceCheck, PriceSource } from '@pipelines/contracts';
import type { schema } from '@pipelines/database';

export type CheckRow = typeof schema.priceChecks.$inferSelect;

const sourceNames: Record<Exclude<PriceSource, 'manual'>, string> = {
  provider: "The provider's list",
  'genai-prices': 'genai-prices',
  snapshot: 'The snapshot of this release',
};

/** A look at the sources in our words. */
export function presentCheck(row: CheckRow): PriceCheck {
  const { at, outcome, source, dated, url } = row;
  return { at: at.toISOString(), outcome, message: messageOf(row), price_source: source, price_dated: dated, price_url: url };
}

function messageOf({ outcome, source }: CheckRow): string {
  if (outcome === 'silent' || source === null) return 'No source tells what this model costs, or none could be read.';
  const name = sourceNames[source];
  if (outcome === 'same') return `${name} says the same prices.`;
  if (outcome === 'differs') return `${name} says other prices: accept or dismiss them.`;
  return `${name} still says the prices that were dismissed.`;
}

import type { Attempt, PriceSource } from '@pipelines/contracts';
import { formatUsd } from '../../ui/decimal-text.ts';
import { explainCost } from './explain-cost.ts';

/** The cost as a small bill: tokens × price per 1M, and the sum. */
export function CostFormula({ attempt }: { readonly attempt: Attempt }) {
  const { lines, note } = explainCost(attempt);
  return (
    <>
      <table className="w-full text-[13px]">
        <tbody>
          {lines.map((line) => (
            <tr key={line.label} className="border-line border-b">
              <th scope="row" className="py-2 text-left font-normal text-muted">
                {line.label}
              </th>
              <td className="py-2 text-right text-muted tabular-nums">{line.formula}</td>
              <td className="py-2 pl-4 text-right tabular-nums">{line.amount}</td>
            </tr>
          ))}
          <tr>
            <th scope="row" colSpan={2} className="py-2 text-left font-medium">
              Cost
            </th>
            <td className="py-2 pl-4 text-right font-medium tabular-nums">{attempt.cost === null ? 'unknown' : formatUsd(attempt.cost)}</td>
          </tr>
        </tbody>
      </table>
      <Prices attempt={attempt} />
      {attempt.service_tier !== null && !attempt.from_cache && (
        <p className="text-muted text-xs">
          The provider served it in its “{attempt.service_tier}” tier, which it may charge otherwise: these are the model's prices.
        </p>
      )}
      {note && <p className="text-muted text-xs">{note}</p>}
      {attempt.provider_cost !== null && attempt.provider_cost !== attempt.cost && (
        <p className="mt-1 text-muted text-xs">The provider's own figure: {formatUsd(attempt.provider_cost)}</p>
      )}
    </>
  );
}

const sources: Record<PriceSource, string> = {
  provider: "the provider's own list",
  'genai-prices': 'genai-prices',
  snapshot: 'the list of this release',
  manual: 'what an admin typed',
};

/** Where the prices of the lines came from, as they were when the call was made. */
function Prices({ attempt: { price_source, price_tier_above_tokens, from_cache } }: { readonly attempt: Attempt }) {
  if (price_source === null || from_cache) return null;
  return (
    <p className="text-muted text-xs">
      Prices of that moment, from {sources[price_source]}
      {price_tier_above_tokens !== null && `; those for prompts of more than ${price_tier_above_tokens.toLocaleString('en')} tokens`}.
    </p>
  );
}

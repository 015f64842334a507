import type { Attempt } from '@pipelines/contracts';
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
              <td className="py-2 text-right text-muted tabular-nums">
                {line.tokens.toLocaleString('en')} × {line.price} / 1M
              </td>
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
      {note && <p className="text-muted text-xs">{note}</p>}
      {attempt.provider_cost !== null && attempt.provider_cost !== attempt.cost && (
        <p className="mt-1 text-muted text-xs">The provider's own figure: {formatUsd(attempt.provider_cost)}</p>
      )}
    </>
  );
}

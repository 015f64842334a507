import type { CandidateComparison, Evaluation } from '@pipelines/contracts';
import { formatProbability } from '../format-rate.ts';

/** Each pair of candidates on the same rows, and whether the difference may be chance. */
export function ComparisonList({ evaluation }: { readonly evaluation: Evaluation }) {
  const labels = new Map(evaluation.candidates.map(({ candidate, label }) => [candidate, label]));
  return (
    <section aria-label="Comparison" className="space-y-3 rounded-xl border border-line bg-surface p-4">
      <h2 className="font-medium">Row by row</h2>
      <ul className="space-y-3">
        {evaluation.comparisons.map((comparison) => (
          <li key={`${comparison.candidate} ${comparison.baseline}`}>
            <p className="text-[13px]">
              <span className="font-medium">{labels.get(comparison.candidate)}</span> against{' '}
              <span className="font-medium">{labels.get(comparison.baseline)}</span>: {count(comparison.won)} won, {count(comparison.lost)}{' '}
              lost, {count(comparison.tied)} tied{comparison.unknown > 0 && `, ${count(comparison.unknown)} unknown`}
            </p>
            <p className="text-muted text-xs">{describe(comparison)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const count = (rows: number) => rows.toLocaleString('en');

function describe({ won, lost, p_value }: CandidateComparison): string {
  if (won + lost === 0) return 'No row tells them apart.';
  const odds = `p = ${formatProbability(p_value)}, sign test over the rows that tell them apart`;
  return p_value < 0.05 ? `Hardly chance (${odds}).` : `It may be chance (${odds}): more rows would tell.`;
}

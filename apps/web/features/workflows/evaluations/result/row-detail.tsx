import type { EvaluationRow } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Switch } from '../../../../ui/switch.tsx';
import { JsonValue } from '../../tasks/json-value.tsx';
import { OutcomeWord } from '../evaluation-state.tsx';
import { CandidateMark } from './candidate-mark.tsx';
import { OutputDiff } from './output-diff.tsx';

/** The row whole: input, expected values, each output against the first, each check with its reason. */
export function RowDetail({ row }: { readonly row: EvaluationRow }) {
  const [showsDiff, setShowsDiff] = useState(false);
  const [first] = row.candidates;
  return (
    <div className="space-y-4 py-1">
      <div className="grid gap-4 lg:grid-cols-2">
        <JsonValue label="Input" value={row.input} />
        <JsonValue label="Expected" value={Object.keys(row.expected).length === 0 ? null : row.expected} />
      </div>
      <div className="flex items-center gap-2 text-[13px]">
        <Switch label={`Row ${row.row}: show what differs from the first candidate`} checked={showsDiff} onCheckedChange={setShowsDiff} />
        <span aria-hidden>Show what differs from the first candidate</span>
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        {row.candidates.map((each) => (
          <section key={each.candidate} aria-label={`Candidate ${each.candidate}`} className="min-w-0 space-y-2">
            <h3 className="flex items-center gap-2 text-[13px]">
              <CandidateMark candidate={each.candidate} />
              <Link to="/tasks/$id" params={{ id: each.task_id }} className="text-primary-text underline underline-offset-2">
                Its task
              </Link>
            </h3>
            {each.error && <p className="text-[13px] text-bad">{each.error.message}</p>}
            {showsDiff && first && each !== first ? (
              <OutputDiff before={first.output} after={each.output} />
            ) : (
              <JsonValue label="Output" value={each.output} />
            )}
            <ul className="space-y-1 text-[13px]">
              {each.checks.map((check) => (
                <li key={check.name} className="flex flex-wrap items-baseline gap-x-2">
                  <OutcomeWord outcome={check.outcome} />
                  <span className="font-medium">{check.name}</span>
                  {check.score !== null && <span className="tabular-nums">{check.score} points</span>}
                  {check.detail && <span className="break-words text-muted">{check.detail}</span>}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

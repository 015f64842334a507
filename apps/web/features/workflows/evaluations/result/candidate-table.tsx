import type { CandidateResult, Evaluation } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useMay } from '../../../../session-query.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { formatDuration } from '../../../../ui/format-duration.ts';
import { Money } from '../../../../ui/money.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../../ui/table.tsx';
import { formatRate } from '../format-rate.ts';
import { CandidateMark } from './candidate-mark.tsx';
import { findBest } from './find-best.ts';

const UseCandidateDialog = lazy(() => import('./use-candidate-dialog.tsx'));

/** Quality, cost and latency of each candidate, and the way to take one. */
export function CandidateTable({ evaluation }: { readonly evaluation: Evaluation }) {
  const mayWrite = useMay('workflows:write');
  const [chosen, setChosen] = useState<CandidateResult | null>(null);
  const best = findBest(evaluation.candidates);
  return (
    <>
      <Table label="Candidates">
        <TableHead card>
          <Th lead>Candidate</Th>
          <Th>Passed</Th>
          <Th>Cost per task</Th>
          <Th>Latency P50 / P95</Th>
          <Th className="@max-5xl:hidden">Tokens in / out</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </TableHead>
        <tbody>
          {evaluation.candidates.map((each) => (
            <Tr card key={each.candidate}>
              <Td place="lead">
                <span className="flex items-center gap-2 font-medium">
                  <CandidateMark candidate={each.candidate} />
                  <Link to="/batches/$id" params={{ id: each.batch_id }} search={{}} className="hover:underline">
                    {each.label}
                  </Link>
                </span>
                <span className="text-muted text-xs">
                  version {each.version}
                  {each.replacements.map(({ step, model }) => ` · ${step ?? 'every model'} → ${model}`)}
                </span>
              </Td>
              <Td place="line" className="@max-xl:mt-1.5">
                <PassRate candidate={each} isBest={best.quality === each.candidate} />
                <span className="text-muted text-xs">{describeRows(each)}</span>
              </Td>
              <Td place="line" label="Cost per task" className="text-[13px] @max-xl:mt-1.5">
                <Marked isBest={best.cost === each.candidate} word="cheapest">
                  {each.cost_per_task === null ? '—' : <Money amount={each.cost_per_task} />}
                </Marked>
                <TotalCost candidate={each} />
              </Td>
              <Td place="line" label="Latency P50 / P95" className="text-[13px] @max-xl:mt-1.5">
                <Marked isBest={best.latency === each.candidate} word="fastest">
                  <Pair one={formatDuration(each.task_latency_p50_ms)} other={formatDuration(each.task_latency_p95_ms)} />
                </Marked>
                <span className="block whitespace-nowrap text-muted text-xs">
                  a call {formatDuration(each.call_latency_p50_ms)} / {formatDuration(each.call_latency_p95_ms)}
                </span>
              </Td>
              <Td className="text-[13px] @max-5xl:hidden">
                <Pair one={each.prompt_tokens.toLocaleString('en')} other={each.completion_tokens.toLocaleString('en')} />
                <span className="block whitespace-nowrap text-muted text-xs">
                  {each.calls.toLocaleString('en')} {each.calls === 1 ? 'call' : 'calls'}
                </span>
              </Td>
              <Td place="beside">
                <Button
                  size="small"
                  aria-label={`Use ${each.label}`}
                  unavailable={mayWrite ? null : 'Your role does not change pipelines.'}
                  onClick={() => setChosen(each)}
                >
                  Use this
                </Button>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <Suspense>{chosen && <UseCandidateDialog evaluation={evaluation} candidate={chosen} onClose={() => setChosen(null)} />}</Suspense>
    </>
  );
}

function PassRate({ candidate: { pass_rate }, isBest }: { readonly candidate: CandidateResult; readonly isBest: boolean }) {
  if (pass_rate === null) return <span className="text-muted">—</span>;
  return (
    <Marked isBest={isBest} word="best">
      <span className="font-medium tabular-nums">{formatRate(pass_rate.rate)}</span>{' '}
      <span className="text-muted text-xs tabular-nums">
        ({formatRate(pass_rate.low)} to {formatRate(pass_rate.high)})
      </span>
    </Marked>
  );
}

function Marked({ isBest, word, children }: { readonly isBest: boolean; readonly word: string; readonly children: ReactNode }) {
  return (
    <span className="flex flex-wrap items-start gap-x-2 whitespace-nowrap">
      <span>{children}</span>
      {isBest && <Badge tone="accent">{word}</Badge>}
    </span>
  );
}

function Pair({ one, other }: { readonly one: string; readonly other: string }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {one}
      <span className="text-muted"> / {other}</span>
    </span>
  );
}

/** Of all tasks; what judging has cost stands apart. */
function TotalCost({ candidate: { cost, unknown_cost_calls, judging } }: { readonly candidate: CandidateResult }) {
  return (
    <span className="block whitespace-nowrap text-muted text-xs">
      <Money amount={cost} /> in all
      <UnknownCalls count={unknown_cost_calls} />
      {judging.total > 0 && (
        <span className="block">
          judging <Money amount={judging.cost} />
          <UnknownCalls count={judging.unknown_cost_calls} />
        </span>
      )}
    </span>
  );
}

function UnknownCalls({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return <span className="block whitespace-nowrap text-warn text-xs">+ {count.toLocaleString('en')} of unknown cost</span>;
}

function describeRows({ rows, tasks }: CandidateResult): string {
  const words = [
    [rows.passed, 'passed'],
    [rows.failed, 'failed'],
    [rows.unknown, 'unknown'],
    [rows.open, 'open'],
  ] as const;
  const counted = words.filter(([count]) => count > 0).map(([count, word]) => `${count.toLocaleString('en')} ${word}`);
  return [...counted, ...(tasks.failed > 0 ? [`${tasks.failed.toLocaleString('en')} tasks failed`] : [])].join(', ') || '—';
}

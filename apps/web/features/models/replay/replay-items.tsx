import type { Replay, ReplayItem, ReplayRun } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { formatDuration } from '../../../ui/format-duration.ts';
import { Money } from '../../../ui/money.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Status, type StatusTone } from '../../../ui/status.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { replayItemsQuery } from './replay-queries.ts';

const ReplayItemDialog = lazy(() => import('./replay-item-dialog.tsx'));

/** Every input with what the two models made of it; what was said is shown when one is opened. */
export function ReplayItems({ replay }: { readonly replay: Replay }) {
  const [open, setOpen] = useState<number | null>(null);
  const items = useQuery(replayItemsQuery(replay.from, replay.id, replay.progress.ended));
  return (
    <section aria-label="Inputs">
      <ProblemAlert error={items.error} onRetry={() => items.refetch()} />
      {items.isPending && <Skeleton className="h-40 w-full" />}
      {items.data && (
        <Table label="Inputs">
          <TableHead card>
            <Th lead>Input</Th>
            <Th>Outcome</Th>
            <Th>Text</Th>
            <Th className="@max-3xl:hidden">Tool calls</Th>
            <Th className="@max-3xl:hidden">JSON</Th>
            <Th className="text-right">Tokens out</Th>
            <Th className="text-right">Cost</Th>
            <Th className="text-right">Latency</Th>
          </TableHead>
          <tbody>
            {items.data.data.map((item) => (
              <ItemRow key={item.item} item={item} onOpen={() => setOpen(item.item)} />
            ))}
          </tbody>
        </Table>
      )}
      <Suspense>{open !== null && <ReplayItemDialog replay={replay} item={open} onClose={() => setOpen(null)} />}</Suspense>
    </section>
  );
}

function ItemRow({ item, onOpen }: { readonly item: ReplayItem; readonly onOpen: () => void }) {
  const { baseline, candidate, same_text, same_tool_calls } = item;
  return (
    <Tr card className="relative hover:bg-panel">
      <Td place="lead">
        <button
          type="button"
          onClick={onOpen}
          className="whitespace-nowrap font-medium text-[13px] tabular-nums after:absolute after:inset-0"
        >
          Input {item.item}
        </button>
      </Td>
      <Td place="beside">
        <Outcome run={candidate} />
      </Td>
      <Td label="Text">{same_text === null ? '—' : <Alike same={same_text} />}</Td>
      <Td className="@max-3xl:hidden">{same_tool_calls === null ? '—' : <Alike same={same_tool_calls} />}</Td>
      <Td className="text-[13px] @max-3xl:hidden">
        {candidate.fits_schema === null ? '—' : candidate.fits_schema ? 'as asked' : 'not as asked'}
      </Td>
      <Pair label="Tokens out" left={count(baseline.completion_tokens)} right={count(candidate.completion_tokens)} />
      <Pair label="Cost" left={<Money amount={baseline.cost} />} right={<Money amount={candidate.cost} />} />
      <Pair label="Latency" left={formatDuration(baseline.latency_ms)} right={formatDuration(candidate.latency_ms)} />
    </Tr>
  );
}

function Pair({ label, left, right }: { readonly label: string; readonly left: ReactNode; readonly right: ReactNode }) {
  return (
    <Td label={label} className="whitespace-nowrap text-right text-[13px] tabular-nums">
      <span className="text-muted">{left} →</span> {right}
    </Td>
  );
}

function Alike({ same }: { readonly same: boolean }) {
  return <span className="text-[13px]">{same ? 'same' : 'differs'}</span>;
}

const outcomes: Record<ReplayRun['state'], { readonly word: string; readonly tone: StatusTone }> = {
  pending: { word: 'Waiting', tone: 'off' },
  running: { word: 'Running', tone: 'busy' },
  succeeded: { word: 'Answered', tone: 'ok' },
  failed: { word: 'Failed', tone: 'bad' },
  canceled: { word: 'Canceled', tone: 'off' },
};

function Outcome({ run }: { readonly run: ReplayRun }) {
  const { word, tone } = outcomes[run.state];
  return (
    <Status tone={tone} detail={run.error_code?.replaceAll('_', ' ')}>
      {word}
    </Status>
  );
}

const count = (tokens: number | null) => (tokens === null ? '—' : tokens.toLocaleString('en'));

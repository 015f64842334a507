import type { Replay, ReplaySide } from '@pipelines/contracts';
import type { ReactNode } from 'react';
import { formatDuration } from '../../../ui/format-duration.ts';
import { Money } from '../../../ui/money.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';

interface SummaryRow {
  readonly name: string;
  readonly of: (side: ReplaySide) => ReactNode;
}

const rows: readonly SummaryRow[] = [
  { name: 'Answered', of: ({ ended, failed }) => `${ended - failed} of ${ended}${failed > 0 ? `, ${failed} failed` : ''}` },
  { name: 'Cost', of: ({ cost, unknown_costs }) => <SideCost cost={cost} unknown={unknown_costs} /> },
  { name: 'Latency P50 / P95', of: (side) => `${formatDuration(side.latency_p50_ms)} / ${formatDuration(side.latency_p95_ms)}` },
  {
    name: 'Tokens in / out',
    of: (side) => `${side.prompt_tokens.toLocaleString('en')} / ${side.completion_tokens.toLocaleString('en')}`,
  },
  {
    name: 'JSON as asked',
    of: (side) => (side.json_asked === 0 ? <span className="text-muted">not asked for</span> : `${side.json_valid} of ${side.json_asked}`),
  },
];

/** The two models beside each other, and how alike their answers are. */
export function ReplaySummary({ replay }: { readonly replay: Replay }) {
  const { baseline, candidate, texts, tool_calls } = replay;
  return (
    <div className="space-y-3">
      <Table label="Comparison">
        <TableHead>
          <Th>
            <span className="sr-only">Measure</span>
          </Th>
          <Th className="wrap-anywhere @max-xl:whitespace-normal">
            <span className="font-mono">{baseline.slug}</span> {replay.inputs_from === 'recent' && '(as logged)'}
          </Th>
          <Th className="wrap-anywhere @max-xl:whitespace-normal">
            <span className="font-mono">{candidate.slug}</span>
          </Th>
        </TableHead>
        <tbody>
          {rows.map(({ name, of }) => (
            <Tr key={name}>
              <th scope="row" className="w-48 px-4 py-2 text-left font-normal text-[13px] text-muted @max-xl:w-24 @max-xl:pr-0">
                {name}
              </th>
              <Td className="text-[13px] tabular-nums">{of(baseline)}</Td>
              <Td className="text-[13px] tabular-nums">{of(candidate)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <p className="text-[13px] text-muted">
        Same text in <Count {...texts} />.{' '}
        {tool_calls.compared > 0 && (
          <>
            Same tool calls in <Count {...tool_calls} />.
          </>
        )}
      </p>
    </div>
  );
}

function Count({ same, compared }: { readonly same: number; readonly compared: number }) {
  return (
    <span className="font-medium text-fg tabular-nums">
      {same} of {compared}
    </span>
  );
}

function SideCost({ cost, unknown }: { readonly cost: string; readonly unknown: number }) {
  return (
    <>
      <Money amount={cost} />
      {unknown > 0 && <span className="text-muted"> and {unknown} unknown</span>}
    </>
  );
}

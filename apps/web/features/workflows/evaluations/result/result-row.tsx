import type { EvaluationRow } from '@pipelines/contracts';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { formatDuration } from '../../../../ui/format-duration.ts';
import { Money } from '../../../../ui/money.tsx';
import { Td, Tr } from '../../../../ui/table.tsx';
import { OutcomeWord } from '../evaluation-state.tsx';
import { CandidateMark } from './candidate-mark.tsx';
import { readable } from './readable.ts';
import { RowDetail } from './row-detail.tsx';

export interface ResultRowProps {
  readonly row: EvaluationRow;
  /** Of the candidates, in their order. */
  readonly labels: readonly string[];
}

/** One row in short; opened, with every check and what differs in the outputs. */
export function ResultRow({ row, labels }: ResultRowProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Tr card>
        <Td className="align-top @max-xl:-order-2 @max-xl:self-start">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={`Row ${row.row} in full`}
            className="flex items-center gap-1 rounded text-[13px] tabular-nums hover:underline"
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? <ChevronDown aria-hidden className="size-4" /> : <ChevronRight aria-hidden className="size-4" />}
            {row.row}
          </button>
        </Td>
        <Td place="lead" className="max-w-72 align-top text-[13px]">
          <span className="line-clamp-2 break-words">{readable(row.input)}</span>
          {Object.keys(row.expected).length > 0 && (
            <span className="line-clamp-1 break-words text-muted text-xs">expected {readable(row.expected)}</span>
          )}
        </Td>
        {row.candidates.map((each, index) => (
          <Td key={each.candidate} place="line" className="max-w-72 align-top text-[13px] @max-xl:mt-1.5">
            <span className="flex items-center gap-1.5 font-medium @xl:hidden">
              <CandidateMark candidate={each.candidate} />
              {labels[index]}
            </span>
            <OutcomeWord outcome={each.outcome} />
            <span className="line-clamp-2 break-words">{each.error?.message ?? readable(each.output)}</span>
            <span className="text-muted text-xs">
              <Money amount={each.cost} /> · {formatDuration(each.latency_ms)}
            </span>
          </Td>
        ))}
      </Tr>
      {isOpen && (
        <Tr>
          <Td colSpan={labels.length + 2} className="bg-panel">
            <RowDetail row={row} />
          </Td>
        </Tr>
      )}
    </>
  );
}

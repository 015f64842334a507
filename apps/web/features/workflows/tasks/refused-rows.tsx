import { Alert } from '../../../ui/alert.tsx';
import type { CreatedBatch } from './create-tasks.ts';

export interface RefusedRowsProps {
  readonly refused: CreatedBatch['refused'];
  readonly taken: number;
}

/** Which rows were left out, and why. */
export function RefusedRows({ refused, taken }: RefusedRowsProps) {
  return (
    <div className="space-y-3">
      <Alert tone="warn" title={`${rowWords(taken)} taken, ${rowWords(refused.length)} refused.`} />
      <ul aria-label="Rows that were not taken" className="max-h-64 space-y-1 overflow-y-auto text-[13px]">
        {refused.map((each) => (
          <li key={`${each.row} ${each.message}`}>
            <span className="font-medium tabular-nums">Row {each.row}</span>: {each.message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function rowWords(count: number): string {
  return count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`;
}

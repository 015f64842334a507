import type { Usage } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { classNames } from '../../ui/class-names.ts';
import { formatUsd } from '../../ui/decimal-text.ts';
import { formatDuration } from '../../ui/format-duration.ts';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';
import type { Period } from '../period.ts';

export interface UsageTableProps {
  readonly by: 'model' | 'api_key';
  readonly rows: Usage['data'];
  /** Groups that are not shown, because there are dearer ones. */
  readonly leftOut: number;
  readonly period: Period;
}

/** The same sums, one row a model or an API key; each leads to its calls in the log. */
export function UsageTable({ by, rows, leftOut, period }: UsageTableProps) {
  return (
    <>
      <Table label={by === 'model' ? 'Usage by model' : 'Usage by API key'}>
        <TableHead card>
          <Th lead>{by === 'model' ? 'Model' : 'API key'}</Th>
          <Th className="text-right">Calls</Th>
          <Th className="text-right @max-2xl:hidden">Failed</Th>
          <Th className="text-right">Tokens in</Th>
          <Th className="text-right">Tokens out</Th>
          <Th className="text-right @max-2xl:hidden">P95 latency</Th>
          <Th className="text-right">Cost</Th>
        </TableHead>
        <tbody>
          {rows.map((row) => (
            <Tr card key={row.key}>
              <Td place="lead" className="max-w-80">
                {row.key ? (
                  <Link
                    to="/log"
                    search={by === 'model' ? { slug: row.key, period } : { api_key_id: row.key, period }}
                    className="block truncate font-medium underline-offset-2 hover:underline"
                  >
                    {row.name ?? row.key}
                  </Link>
                ) : (
                  <span className="text-muted">{by === 'model' ? 'Models not saved' : 'Without an API key'}</span>
                )}
                {by === 'model' && row.name && <span className="block truncate font-mono text-muted text-xs">{row.key}</span>}
              </Td>
              <Count label="Calls">{row.calls}</Count>
              <Count label="Failed" className={beforeCardsClass}>
                {row.failed_calls}
              </Count>
              <Count label="Tokens in">{row.prompt_tokens}</Count>
              <Count label="out">{row.completion_tokens}</Count>
              <Td label="P95" className={classNames('whitespace-nowrap text-right tabular-nums', beforeCardsClass)}>
                {formatDuration(row.latency_p95_ms)}
              </Td>
              <Td place="beside" className="text-right tabular-nums">
                <CostCell row={row} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {leftOut > 0 && (
        <p className="mt-2 text-[13px] text-muted">
          {leftOut.toLocaleString('en')} more, with less spend, are only in the totals. Choose a model above to see one of them.
        </p>
      )}
    </>
  );
}

/** Columns that are given up where the table is narrow, until its rows are cards, which have room for them. */
const beforeCardsClass = '@xl:@max-2xl:hidden';

interface CountProps {
  readonly label: string;
  readonly className?: string;
  readonly children: number;
}

function Count({ label, className, children }: CountProps) {
  return (
    <Td label={label} className={classNames('text-right tabular-nums', className)}>
      {children.toLocaleString('en')}
    </Td>
  );
}

/** Costs that are not known are said, never added as zero. */
function CostCell({ row }: { readonly row: Usage['data'][number] }) {
  const { calls, unknown_cost_calls: unknown, cost } = row;
  if (calls > 0 && unknown === calls) return <span className="text-muted">unknown</span>;
  return (
    <>
      {formatUsd(cost)}
      {unknown > 0 && <span className="block whitespace-nowrap text-muted text-xs">+ {unknown.toLocaleString('en')} unknown</span>}
    </>
  );
}

import { type Evaluation, type EvaluationRow, type EvaluationRowFilter, routes } from '@pipelines/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { callApi } from '../../../../api-client.ts';
import { Button } from '../../../../ui/button.tsx';
import { isAwaited } from '../../../../ui/more-rows.ts';
import { ProblemAlert } from '../../../../ui/problem-alert.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Table, TableHead, Th } from '../../../../ui/table.tsx';
import { CandidateMark } from './candidate-mark.tsx';
import { ResultRow } from './result-row.tsx';

const filters: readonly { readonly value: EvaluationRowFilter; readonly label: string }[] = [
  { value: 'all', label: 'All rows' },
  { value: 'differ', label: 'Where they differ' },
  { value: 'failed', label: 'Failed' },
  { value: 'unknown', label: 'Unknown' },
];

export interface RowListProps {
  readonly evaluation: Evaluation;
  readonly filter: EvaluationRowFilter;
  readonly onFilterChange: (filter: EvaluationRowFilter) => void;
}

/** Rows with what each candidate has made of them, side by side. */
export function RowList({ evaluation, filter, onFilterChange }: RowListProps) {
  const rows = useRows(evaluation, filter);
  const shown = rows.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <section aria-label="Rows" className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-medium">Rows</h2>
        <Segmented label="Rows shown" value={filter} onValueChange={onFilterChange} options={filters} />
      </div>
      <ProblemAlert error={rows.error} onRetry={() => rows.refetch()} />
      {isAwaited(rows, shown) && <Skeleton className="h-48 w-full" />}
      {rows.isSuccess && !isAwaited(rows, shown) && shown.length === 0 && (
        <p className="text-muted">No such row{evaluation.finished_at === null && ' so far'}.</p>
      )}
      {shown.length > 0 && <RowTable evaluation={evaluation} rows={shown} outdated={rows.isPlaceholderData} />}
      {rows.hasNextPage && (
        <Button pending={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          More rows
        </Button>
      )}
    </section>
  );
}

const pollMs = 1_500;

/** Read again as results come in: every page that was asked for, so that none goes away while it is read. */
function useRows({ id, finished_at }: Evaluation, filter: EvaluationRowFilter) {
  const rows = useInfiniteQuery({
    queryKey: ['evaluations', 'rows', id, filter],
    queryFn: ({ pageParam, signal }) =>
      callApi(routes.listEvaluationRows, { params: { id }, query: { limit: 50, cursor: pageParam, filter }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: finished_at === null ? pollMs : false,
  });
  const { refetch } = rows;
  const seen = useRef(finished_at);
  // What was read last may be of before the last result.
  useEffect(() => {
    if (seen.current === finished_at) return;
    seen.current = finished_at;
    void refetch();
  }, [finished_at, refetch]);
  return rows;
}

interface RowTableProps {
  readonly evaluation: Evaluation;
  readonly rows: readonly EvaluationRow[];
  readonly outdated: boolean;
}

function RowTable({ evaluation, rows, outdated }: RowTableProps) {
  return (
    <Table label="Rows" outdated={outdated}>
      <TableHead card>
        <Th>Row</Th>
        <Th lead>Input and what was expected</Th>
        {evaluation.candidates.map(({ candidate, label }) => (
          <Th key={candidate}>
            <span className="flex items-center gap-1.5">
              <CandidateMark candidate={candidate} />
              {label}
            </span>
          </Th>
        ))}
      </TableHead>
      <tbody>
        {rows.map((row) => (
          <ResultRow key={row.row} row={row} labels={evaluation.candidates.map(({ label }) => label)} />
        ))}
      </tbody>
    </Table>
  );
}

import { type EvaluationSummary, routes } from '@pipelines/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import type { ReactNode } from 'react';
import { callApi } from '../../../api-client.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { type MoreRows, moreOf } from '../../../ui/more-rows.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { RowGap } from '../../../ui/row-gap.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { useEndlessRows } from '../../../ui/use-endless-rows.ts';
import { EvaluationStateWord } from './evaluation-state.tsx';
import { formatRate } from './format-rate.ts';

const rowHeightPx = 61;
const columns = 5;

export function EvaluationList({ createButton }: { readonly createButton: ReactNode }) {
  const evaluations = useInfiniteQuery({
    queryKey: ['evaluations', 'list'],
    queryFn: ({ pageParam, signal }) => callApi(routes.listEvaluations, { query: { limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some((page) => page.data.some((each) => each.finished_at === null)) ? 3_000 : false,
  });
  const rows = evaluations.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <ProblemAlert error={evaluations.error} onRetry={() => evaluations.refetch()} />
      {evaluations.isPending && <Skeleton className="h-48 w-full" />}
      {evaluations.isSuccess && rows.length === 0 && (
        <EmptyState icon={<Scale />} title="Nothing has been evaluated yet." action={createButton}>
          Run the same rows through two models or two versions, and see which is better, cheaper, faster. Two local models, such as of
          Ollama or of the demo, need no key.
        </EmptyState>
      )}
      {rows.length > 0 && <EvaluationTable evaluations={rows} {...moreOf(evaluations)} />}
    </>
  );
}

interface EvaluationTableProps extends MoreRows {
  readonly evaluations: readonly EvaluationSummary[];
}

function EvaluationTable({ evaluations, ...more }: EvaluationTableProps) {
  const rows = useEndlessRows({ count: evaluations.length, rowHeightPx, ...more });
  return (
    <Table label="Evaluations" rowCount={more.hasMore ? -1 : evaluations.length + 1} outdated={more.outdated}>
      <TableHead>
        <Th>Evaluation</Th>
        <Th>State</Th>
        <Th className="@max-3xl:hidden">Candidates</Th>
        <Th className="@max-lg:hidden">Rows</Th>
        <Th className="@max-2xl:hidden">Begun</Th>
      </TableHead>
      <tbody ref={rows.bodyRef}>
        <RowGap heightPx={rows.beforePx} columns={columns} />
        {rows.indexes.map((index) => {
          const evaluation = evaluations[index];
          return evaluation && <EvaluationRow key={evaluation.id} evaluation={evaluation} index={index} />;
        })}
        <RowGap heightPx={rows.afterPx} columns={columns} />
      </tbody>
    </Table>
  );
}

function EvaluationRow({ evaluation, index }: { readonly evaluation: EvaluationSummary; readonly index: number }) {
  return (
    <Tr aria-rowindex={index + 2} className="h-[61px]">
      <Td className="w-full min-w-40 max-w-0">
        <Link to="/evaluations/$id" params={{ id: evaluation.id }} className="block truncate font-medium hover:underline">
          {evaluation.name}
        </Link>
        <div className="truncate text-muted text-xs">
          {evaluation.workflow.name} · {evaluation.dataset.name}
        </div>
      </Td>
      <Td>
        <EvaluationStateWord state={evaluation.state} />
      </Td>
      <Td className="max-w-md truncate text-[13px] @max-3xl:hidden">
        {evaluation.candidates
          .map(({ label, pass_rate }) => (pass_rate === null ? label : `${label} ${formatRate(pass_rate)}`))
          .join(' · ')}
      </Td>
      <Td className="text-[13px] tabular-nums @max-lg:hidden">{evaluation.rows.toLocaleString('en')}</Td>
      <Td className="whitespace-nowrap text-[13px] text-muted @max-2xl:hidden">
        <RelativeTime at={evaluation.created_at} />
      </Td>
    </Tr>
  );
}

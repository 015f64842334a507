import { type Dataset, routes } from '@pipelines/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { Drawer } from '../../../ui/drawer.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { JsonValue } from '../tasks/json-value.tsx';

/** The rows of a dataset, a page at a time. */
export function DatasetRowsDrawer({ dataset, onClose }: { readonly dataset: Dataset; readonly onClose: () => void }) {
  const rows = useInfiniteQuery({
    queryKey: ['datasets', 'rows', dataset.id],
    queryFn: ({ pageParam, signal }) =>
      callApi(routes.listDatasetRows, { params: { id: dataset.id }, query: { limit: 25, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Drawer open onClose={onClose} title={dataset.name}>
      <ProblemAlert error={rows.error} onRetry={() => rows.refetch()} />
      {rows.isPending && <Skeleton className="h-80" />}
      <ol className="space-y-5">
        {rows.data?.pages
          .flatMap((page) => page.data)
          .map((row) => (
            <li key={row.row} className="space-y-2 border-line border-b pb-5 last:border-b-0">
              <h3 className="font-medium text-[13px]">
                Row {row.row}
                {row.external_id && <span className="text-muted"> · {row.external_id}</span>}
              </h3>
              <JsonValue label="Input" value={row.input} />
              {Object.keys(row.expected).length > 0 && <JsonValue label="Expected" value={row.expected} />}
            </li>
          ))}
      </ol>
      {rows.hasNextPage && (
        <Button className="mt-4 w-full" pending={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          More rows
        </Button>
      )}
    </Drawer>
  );
}

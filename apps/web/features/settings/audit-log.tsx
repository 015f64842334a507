import { type AuditEntry, routes } from '@pipelines/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { callApi } from '../../api-client.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';

/** Who changed what, newest first. Never the values. */
export function AuditLog() {
  const audit = useInfiniteQuery({
    queryKey: ['audit-log'],
    queryFn: ({ pageParam, signal }) => callApi(routes.listAuditLog, { query: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  if (audit.error && !audit.data) return <ProblemAlert error={audit.error} onRetry={() => audit.refetch()} />;
  if (!audit.data) return <Skeleton className="h-64 w-full" />;
  const entries = audit.data.pages.flatMap((page) => page.data);
  if (entries.length === 0) return <EmptyState icon={<ScrollText />} title="Nothing has been changed yet." />;
  return (
    <>
      <ProblemAlert error={audit.error} onRetry={() => audit.refetch()} />
      <Table label="Audit log">
        <TableHead card>
          <Th>Time</Th>
          <Th>Who</Th>
          <Th lead>Did</Th>
          <Th>To</Th>
          <Th className="@max-3xl:hidden">Fields</Th>
        </TableHead>
        <tbody>
          {entries.map((entry) => (
            <Tr card key={entry.id}>
              <Td place="beside" className="text-muted">
                <RelativeTime at={entry.at} />
              </Td>
              <Td label="by" className="whitespace-nowrap @max-xl:order-1">
                {actorName(entry.actor)}
              </Td>
              <Td place="lead" className="whitespace-nowrap @max-xl:whitespace-normal">
                {entry.action.replaceAll(/[._]/g, ' ')}
              </Td>
              <Td place="line" className="max-w-72 truncate @max-5xl:max-w-44 @max-3xl:max-w-36" title={entry.object_id ?? undefined}>
                {entry.object_type.replaceAll('_', ' ')}{' '}
                {entry.object_id && <code className="font-mono text-muted text-xs">{entry.object_id}</code>}
              </Td>
              <Td
                place="line"
                className="max-w-64 truncate @max-5xl:max-w-36 font-mono text-muted text-xs @max-xl:order-2 @max-xl:empty:hidden @xl:@max-3xl:hidden"
                title={entry.field_names.join(', ')}
              >
                {entry.field_names.join(', ')}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {audit.hasNextPage && (
        <Button className="mt-3" pending={audit.isFetchingNextPage} onClick={() => audit.fetchNextPage()}>
          Show earlier changes
        </Button>
      )}
    </>
  );
}

function actorName(actor: AuditEntry['actor']): string {
  if (actor.type === 'system') return 'The server';
  const name = actor.name ?? actor.id ?? 'unknown';
  return actor.type === 'api_key' ? `API key ${name}` : name;
}

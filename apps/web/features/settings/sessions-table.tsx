import { routes } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';
import { showToast } from '../../ui/toast.ts';
import { describeBrowser } from './describe-browser.ts';

const queryKey = ['sessions'];

export function SessionsTable() {
  const queryClient = useQueryClient();
  const sessions = useQuery({ queryKey, queryFn: ({ signal }) => callApi(routes.listSessions, { signal }) });
  const end = useMutation({
    mutationFn: (id: string) => callApi(routes.revokeSession, { params: { id } }),
    onSuccess: () => showToast({ title: 'The session has ended.' }),
    onError: (error) => showToast({ title: 'The session was not ended.', description: error.message, tone: 'bad' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
  if (sessions.error && !sessions.data) return <ProblemAlert error={sessions.error} onRetry={() => sessions.refetch()} />;
  if (!sessions.data) return <Skeleton className="h-24 w-full" />;
  return (
    <Table label="Sessions">
      <TableHead card>
        <Th lead>Browser</Th>
        <Th>Signed in</Th>
        <Th>Last seen</Th>
        <Th>
          <span className="sr-only">Actions</span>
        </Th>
      </TableHead>
      <tbody>
        {sessions.data.data.map((session) => (
          <Tr key={session.id} card className="h-12">
            <Td place="lead" title={session.user_agent ?? undefined}>
              {describeBrowser(session.user_agent)}
            </Td>
            <Td label="Signed in" className="text-muted">
              <RelativeTime at={session.created_at} />
            </Td>
            <Td label="Last seen" className="text-muted">
              <RelativeTime at={session.last_seen_at} />
            </Td>
            <Td place="beside" className="text-right">
              {session.current ? (
                <Badge tone="accent">This one</Badge>
              ) : (
                <Button
                  size="small"
                  variant="ghost"
                  aria-label={`End the session of ${describeBrowser(session.user_agent)}`}
                  pending={end.isPending && end.variables === session.id}
                  onClick={() => end.mutate(session.id)}
                >
                  End
                </Button>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

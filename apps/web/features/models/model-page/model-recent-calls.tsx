import { type AttemptStatus, routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callApi } from '../../../api-client.ts';
import { formatDuration } from '../../../ui/format-duration.ts';
import { Money } from '../../../ui/money.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Status, type StatusTone } from '../../../ui/status.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';

const tones: Record<AttemptStatus, StatusTone> = { succeeded: 'ok', failed: 'bad', canceled: 'off', incomplete: 'warn', unknown: 'warn' };

/** The last few calls, with the way to all of them. */
export function ModelRecentCalls({ slug }: { readonly slug: string }) {
  const recent = useQuery({
    queryKey: ['attempts', 'recent', slug],
    queryFn: ({ signal }) => callApi(routes.listAttempts, { query: { slug, limit: 5 }, signal }),
    refetchInterval: 10_000,
  });
  const rows = recent.data?.data ?? [];
  return (
    <section>
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h2 className="font-medium">Recent calls</h2>
        <Link to="/log" search={{ slug }} className="font-medium text-[13px] text-primary-text underline underline-offset-2">
          Open the log
        </Link>
      </div>
      <ProblemAlert error={recent.error} onRetry={() => void recent.refetch()} />
      {recent.isLoadingError ? null : rows.length === 0 ? (
        <p className="rounded-xl border border-control border-dashed px-4 py-6 text-center text-muted">
          {recent.isPending ? 'Loading…' : 'Nobody has called it yet.'}
        </p>
      ) : (
        <Table label={`Recent calls of ${slug}`}>
          <TableHead card>
            <Th lead>When</Th>
            <Th>Status</Th>
            <Th className="text-right @max-lg:hidden">Tokens in / out</Th>
            <Th className="text-right">Cost</Th>
            <Th className="text-right">Latency</Th>
          </TableHead>
          <tbody>
            {rows.map((attempt) => (
              <Tr card key={attempt.id}>
                <Td place="lead" className="whitespace-nowrap">
                  <RelativeTime at={attempt.started_at} />
                </Td>
                <Td>
                  <Status tone={tones[attempt.status]}>
                    <span className="inline-block first-letter:uppercase">{attempt.status}</span>
                  </Status>
                </Td>
                <Td className="text-right tabular-nums @max-lg:hidden">
                  {attempt.prompt_tokens === null
                    ? '—'
                    : `${attempt.prompt_tokens.toLocaleString('en')} / ${(attempt.completion_tokens ?? 0).toLocaleString('en')}`}
                </Td>
                <Td place="beside" className="text-right">
                  <Money amount={attempt.cost} />
                </Td>
                <Td className="whitespace-nowrap text-right tabular-nums @max-xl:ml-auto">{formatDuration(attempt.latency_ms)}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

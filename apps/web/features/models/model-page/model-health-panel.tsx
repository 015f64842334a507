import { type ModelHealthReport, routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { formatDuration } from '../../../ui/format-duration.ts';
import { describeHealth, formatShare, HealthWord } from '../../../ui/health-word.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { HealthChart } from './health-chart.tsx';

/** How real calls went: in numbers, and over the last day. */
export function ModelHealthPanel({ slug }: { readonly slug: string }) {
  const health = useQuery({
    queryKey: ['models', 'health', slug],
    queryFn: ({ signal }) => callApi(routes.getModelHealth, { params: { slug }, signal }),
    refetchInterval: 15_000,
  });
  return (
    <section aria-label="Health" className="rounded-xl border border-line">
      <div className="flex flex-wrap items-center justify-between gap-2 border-line border-b px-4 py-2.5">
        <h2 className="font-medium">Health</h2>
        {health.data && <HealthWord health={health.data} />}
      </div>
      <div className="p-4">
        {health.error && <ProblemAlert error={health.error} onRetry={() => void health.refetch()} />}
        {health.isPending && <Skeleton className="h-32" />}
        {health.data && <Report report={health.data} />}
      </div>
    </section>
  );
}

function Report({ report }: { readonly report: ModelHealthReport }) {
  if (report.slices.length === 0) {
    return (
      <p className="text-muted">
        Nobody has called it in the last day. Its health is read from real calls; to ask it now, use <b>Test connection</b>.
      </p>
    );
  }
  const figures = [
    { name: 'Answered', value: report.success_rate === null ? '—' : formatShare(report.success_rate), note: null },
    { name: 'Latency', value: formatDuration(report.latency_p50_ms), note: `P95 ${formatDuration(report.latency_p95_ms)}` },
    { name: 'First byte', value: formatDuration(report.first_byte_p50_ms), note: `P95 ${formatDuration(report.first_byte_p95_ms)}` },
    { name: 'Tokens a second', value: report.tokens_per_second?.toLocaleString('en') ?? '—', note: null },
  ];
  return (
    <>
      <p className="mb-3 text-[13px] text-muted">
        {describeHealth(report)} Refused requests and canceled calls do not count against it, nor do tests and probes for it.
      </p>
      <dl className="mb-4 grid grid-cols-2 gap-x-6 gap-y-3 lg:grid-cols-4">
        {figures.map(({ name, value, note }) => (
          <div key={name}>
            <dt className="text-muted text-xs">{name}</dt>
            <dd className="font-semibold text-lg tabular-nums tracking-tight">
              {value} {note && <span className="font-normal text-muted text-xs">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <HealthChart slices={report.slices} />
    </>
  );
}

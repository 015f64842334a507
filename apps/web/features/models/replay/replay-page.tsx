import type { Replay } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Status } from '../../../ui/status.tsx';
import { ReplayActions } from './replay-actions.tsx';
import { ReplayItems } from './replay-items.tsx';
import { isRunning, replayQuery, replayStates } from './replay-queries.ts';
import { ReplaySummary } from './replay-summary.tsx';

const route = getRouteApi('/shell/models/$slug/replays/$id');

/** One replay while it runs and afterwards. */
export function ReplayPage() {
  const { slug, id } = route.useParams();
  const replay = useQuery(replayQuery(slug, id));
  const { data } = replay;
  return (
    <>
      <PageHeader
        documentTitle="Replay"
        title={data ? <Title replay={data} /> : <Skeleton className="h-7 w-56" />}
        description={data && <Description replay={data} />}
        actions={data && <ReplayActions replay={data} />}
      />
      <ProblemAlert error={replay.error} onRetry={() => replay.refetch()} />
      {replay.isPending && <Skeleton className="h-80 w-full" />}
      {data && (
        <div className="space-y-6">
          {isRunning(data) && <Progress replay={data} />}
          <ReplaySummary replay={data} />
          <ReplayItems replay={data} />
        </div>
      )}
    </>
  );
}

function Title({ replay: { from, to } }: { readonly replay: Replay }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 font-mono text-lg">
      {[from, to].map((slug, index) => (
        <span key={slug}>
          {index > 0 && <span className="font-sans text-muted"> → </span>}
          <Link to="/models/$slug" params={{ slug }} className="hover:underline">
            {slug}
          </Link>
        </span>
      ))}
    </span>
  );
}

function Description({ replay }: { readonly replay: Replay }) {
  const { word, tone } = replayStates[replay.state];
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <Status tone={tone}>{word}</Status>
      <span>
        {replay.inputs} {replay.inputs_from === 'recent' ? 'recent' : 'pasted'} {replay.inputs === 1 ? 'input' : 'inputs'}
      </span>
      <span>
        begun <RelativeTime at={replay.created_at} />
        {replay.created_by && ` by ${replay.created_by}`}
      </span>
    </span>
  );
}

function Progress({ replay: { progress } }: { readonly replay: Replay }) {
  return (
    <div className="flex items-center gap-2.5">
      <ProgressBar label="Calls that have ended" value={progress.ended} max={progress.total} />
      <span className="shrink-0 text-[13px] tabular-nums">
        {progress.ended} / {progress.total}
      </span>
    </div>
  );
}

import type { Model, Replay } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Status } from '../../../ui/status.tsx';
import { replayStates, replaysQuery } from './replay-queries.ts';

const ReplayDialog = lazy(() => import('./replay-dialog.tsx'));

/** Trying another model on inputs of this one, and what came of it before. */
export default function ReplaySection({ model }: { readonly model: Model }) {
  const [open, setOpen] = useState(false);
  const may = useMay('contents:read');
  const replays = useQuery({ ...replaysQuery(model.slug), enabled: may });
  const rows = replays.data?.data ?? [];
  return (
    <section aria-label="Replays" className="rounded-xl border border-line">
      <div className="flex flex-wrap items-center gap-3 px-4 py-3">
        <div className="min-w-0 flex-1">
          <h2 className="font-medium">Try another model on real inputs</h2>
          <p className="text-[13px] text-muted">Runs what this model was asked on another one, and compares the answers side by side.</p>
        </div>
        <Button
          icon={<GitCompareArrows aria-hidden className="size-4" />}
          unavailable={may ? null : 'Only admins see what was said.'}
          onClick={() => setOpen(true)}
        >
          New replay
        </Button>
      </div>
      <ProblemAlert error={replays.error} />
      {rows.length > 0 && (
        <ul className="divide-y divide-line border-line border-t">
          {rows.map((replay) => (
            <ReplayRow key={replay.id} replay={replay} />
          ))}
        </ul>
      )}
      <Suspense>{open && <ReplayDialog model={model} onClose={() => setOpen(false)} />}</Suspense>
    </section>
  );
}

function ReplayRow({ replay }: { readonly replay: Replay }) {
  const { word, tone } = replayStates[replay.state];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-[13px]">
      <Link
        to="/models/$slug/replays/$id"
        params={{ slug: replay.from, id: replay.id }}
        className="min-w-0 font-mono text-primary-text underline underline-offset-2"
      >
        {replay.to}
      </Link>
      <span className="min-w-0 flex-1 text-muted">
        {replay.inputs} {replay.inputs_from === 'recent' ? 'recent' : 'pasted'} {replay.inputs === 1 ? 'input' : 'inputs'} ·{' '}
        <RelativeTime at={replay.created_at} />
        {replay.created_by && ` by ${replay.created_by}`}
      </span>
      <Status tone={tone} detail={replay.state === 'running' ? `${replay.progress.ended} / ${replay.progress.total}` : null}>
        {word}
      </Status>
    </li>
  );
}

import type { Batch } from '@pipelines/contracts';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { endedCount } from './batch-counts.ts';

/** How many tasks have ended, as a bar and in numbers. */
export function BatchProgress({ batch }: { readonly batch: Batch }) {
  const ended = endedCount(batch);
  return (
    <div className="flex items-center gap-2.5">
      <ProgressBar label="Tasks that have ended" value={ended} max={batch.total} />
      <span className="shrink-0 text-[13px] tabular-nums">
        {ended.toLocaleString('en')} / {batch.total.toLocaleString('en')}
      </span>
    </div>
  );
}

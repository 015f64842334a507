import type { Schedule, ScheduleRun } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { Status } from '../../../ui/status.tsx';
import { BatchStateWord } from '../tasks/task-state.tsx';
import { formatInZone } from './describe-cron.ts';

/** From this on a run is told to be late. */
const lateAfterMs = 60_000;

/** The last times of a schedule, each with its batch or with why there is none. */
export function ScheduleRuns({ schedule }: { readonly schedule: Schedule }) {
  if (schedule.last_runs.length === 0)
    return <p className="border-line border-t px-4 py-2.5 text-[13px] text-muted">It has not run yet.</p>;
  return (
    <ul aria-label={`Last runs of ${schedule.name}`} className="divide-y divide-line border-line border-t">
      {schedule.last_runs.map((run) => (
        <li key={run.planned_at} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-[13px]">
          <span className="w-48 shrink-0 tabular-nums">{formatInZone(new Date(run.planned_at), schedule.time_zone)}</span>
          {run.batch ? (
            <>
              <BatchStateWord state={run.batch.state} />
              <Link to="/batches/$id" params={{ id: run.batch.id }} className="min-w-0 truncate hover:underline">
                {run.batch.total.toLocaleString('en')} {run.batch.total === 1 ? 'task' : 'tasks'}
              </Link>
            </>
          ) : (
            <>
              <Status tone="bad">Not run</Status>
              <span className="min-w-0 flex-1 text-muted">{run.error?.message}</span>
            </>
          )}
          <Lateness run={run} timeZone={schedule.time_zone} />
        </li>
      ))}
    </ul>
  );
}

function Lateness({ run, timeZone }: { readonly run: ScheduleRun; readonly timeZone: string }) {
  const isLate = Date.parse(run.ran_at) - Date.parse(run.planned_at) > lateAfterMs;
  if (!isLate && run.missed === 0) return null;
  const missed = run.missed === 1 ? 'one more time that was missed' : `${run.missed.toLocaleString('en')} more times that were missed`;
  return (
    <span className="text-warn">
      Ran late, {formatInZone(new Date(run.ran_at), timeZone)}
      {run.missed > 0 && `; it stands for ${missed}`}.
    </span>
  );
}

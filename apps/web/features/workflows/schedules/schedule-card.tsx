import { routes, type Schedule } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { callApi } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { showToast } from '../../../ui/toast.ts';
import { describeCron, formatInZone } from './describe-cron.ts';
import { schedulesQuery } from './schedule-queries.ts';
import { ScheduleRuns } from './schedule-runs.tsx';

export interface ScheduleCardProps {
  readonly schedule: Schedule;
  /** Why it cannot be changed; null where it can. */
  readonly closed: string | null;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** One schedule: when it runs next, whether it is on, and what it has run. */
export function ScheduleCard({ schedule, closed, onEdit, onRemove }: ScheduleCardProps) {
  const queryClient = useQueryClient();
  const turn = useMutation({
    mutationFn: (enabled: boolean) => callApi(routes.updateSchedule, { params: { id: schedule.id }, body: { enabled } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: schedulesQuery(schedule.workflow_id).queryKey }),
    onError: (error) => showToast({ title: 'The schedule was not changed.', description: error.message, tone: 'bad' }),
  });
  const described = describeCron(schedule.cron, schedule.time_zone, new Date());
  return (
    <article aria-label={schedule.name} className="rounded-xl border border-line">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-medium">{schedule.name}</h2>
          <p className="text-[13px] text-muted">
            {described.problem ? schedule.cron : described.words}, {schedule.time_zone} · {schedule.rows.toLocaleString('en')}{' '}
            {schedule.rows === 1 ? 'row' : 'rows'}
          </p>
        </div>
        <p className="text-[13px]">
          <span className="text-muted">Next run </span>
          <span className="font-medium tabular-nums">
            {schedule.next_run_at === null ? 'none: it is off' : formatInZone(new Date(schedule.next_run_at), schedule.time_zone)}
          </span>
        </p>
        <Switch
          label={`${schedule.name} is on`}
          checked={turn.isPending ? turn.variables : schedule.enabled}
          disabled={closed !== null || turn.isPending}
          onCheckedChange={(enabled) => turn.mutate(enabled)}
        />
        <Menu
          trigger={
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Actions of ${schedule.name}`}
              icon={<Ellipsis aria-hidden className="size-4" />}
            />
          }
          actions={[
            { label: 'Edit', icon: <Pencil />, unavailable: closed, onSelect: onEdit },
            { label: 'Remove', icon: <Trash2 />, unavailable: closed, onSelect: onRemove },
          ]}
        />
      </header>
      <ScheduleRuns schedule={schedule} />
    </article>
  );
}

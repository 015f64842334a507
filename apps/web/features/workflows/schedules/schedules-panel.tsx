import { routes, type Schedule, type WorkflowSummary } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ScheduleCard } from './schedule-card.tsx';
import { schedulesQuery } from './schedule-queries.ts';

const ScheduleDialog = lazy(() => import('./schedule-dialog.tsx'));

export interface SchedulesPanelProps {
  readonly workflow: Pick<WorkflowSummary, 'id' | 'name' | 'published_version' | 'state'>;
}

/** When a workflow runs by itself, and on what. */
export default function SchedulesPanel({ workflow }: SchedulesPanelProps) {
  const queryClient = useQueryClient();
  const mayWrite = useMay('workflows:write');
  const schedules = useQuery(schedulesQuery(workflow.id));
  const [opened, setOpened] = useState<'new' | Schedule | null>(null);
  const [doomed, setDoomed] = useState<Schedule | null>(null);
  const remove = useMutation({
    mutationFn: (schedule: Schedule) => callApi(routes.deleteSchedule, { params: { id: schedule.id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: schedulesQuery(workflow.id).queryKey });
      setDoomed(null);
    },
  });
  const closed = mayWrite ? null : 'Your role does not edit pipelines.';
  const unpublished = workflow.published_version === null ? 'Publish the pipeline first: a schedule runs a published version.' : null;
  const add = (
    <Button
      icon={<Plus aria-hidden className="size-4" />}
      unavailable={closed ?? unpublished ?? (workflow.state === 'archived' ? 'The pipeline is archived and takes no tasks.' : null)}
      onClick={() => setOpened('new')}
    >
      Add schedule
    </Button>
  );
  const data = schedules.data?.data;
  return (
    <section aria-label="Schedules" className="space-y-4">
      <ProblemAlert error={schedules.error} onRetry={() => schedules.refetch()} />
      {schedules.isPending && <Skeleton className="h-40 w-full" />}
      {data?.length === 0 && (
        <EmptyState icon={<CalendarClock />} title="This pipeline runs only when somebody starts it." action={add}>
          A schedule runs it by itself on the same rows: each hour, each day, or by a cron pattern.
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <>
          <div className="flex justify-end">{add}</div>
          {data.map((schedule) => (
            <ScheduleCard
              key={schedule.id}
              schedule={schedule}
              closed={closed}
              onEdit={() => setOpened(schedule)}
              onRemove={() => {
                remove.reset();
                setDoomed(schedule);
              }}
            />
          ))}
        </>
      )}
      <Suspense>
        {opened && <ScheduleDialog workflow={workflow} scheduleId={opened === 'new' ? null : opened.id} onClose={() => setOpened(null)} />}
      </Suspense>
      <ConfirmDialog
        open={doomed !== null}
        title={`Remove ${doomed?.name ?? 'the schedule'}?`}
        action="Remove"
        danger
        pending={remove.isPending}
        error={remove.error?.message}
        onConfirm={() => doomed && remove.mutate(doomed)}
        onCancel={() => setDoomed(null)}
      >
        It runs no more. The batches that it has created stay.
      </ConfirmDialog>
    </section>
  );
}

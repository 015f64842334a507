import type { WorkflowSummary } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { workflowVersionQuery } from '../workflow-queries.ts';
import { ScheduleForm } from './schedule-form.tsx';
import { scheduleQuery } from './schedule-queries.ts';

export interface ScheduleDialogProps {
  readonly workflow: Pick<WorkflowSummary, 'id' | 'name' | 'published_version'>;
  /** Null: a new one. */
  readonly scheduleId: string | null;
  readonly onClose: () => void;
}

/** Makes or edits a schedule, once its rows and the input fields are there. */
export default function ScheduleDialog({ workflow, scheduleId, onClose }: ScheduleDialogProps) {
  const version = useQuery(workflowVersionQuery(workflow.id, workflow.published_version ?? 1));
  const schedule = useQuery({ ...scheduleQuery(scheduleId ?? ''), enabled: scheduleId !== null });
  const start = version.data?.graph.steps.find((step) => step.kind === 'start');
  const isReady = version.data !== undefined && (scheduleId === null || schedule.data !== undefined);
  if (isReady)
    return (
      <ScheduleForm
        workflow={workflow}
        fields={start?.kind === 'start' ? start.config.fields : []}
        schedule={schedule.data ?? null}
        onClose={onClose}
      />
    );
  return (
    <Dialog open onClose={onClose} title={scheduleId === null ? 'Add schedule' : 'Edit schedule'} width="large">
      <ProblemAlert error={version.error ?? schedule.error} />
      <Skeleton className="h-60" />
    </Dialog>
  );
}

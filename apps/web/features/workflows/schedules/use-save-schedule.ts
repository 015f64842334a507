import { routes, type Schedule } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { showToast } from '../../../ui/toast.ts';
import { useWhileShown } from '../../../use-while-shown.ts';
import type { NewTask } from '../tasks/read-tasks.ts';
import { schedulesQuery } from './schedule-queries.ts';

interface SaveOptions {
  readonly workflowId: string;
  readonly schedule: Pick<Schedule, 'id'> | null;
  readonly onSaved: () => void;
}

interface ScheduleBody {
  readonly name: string;
  readonly cron: string;
  readonly time_zone: string;
  readonly tasks?: NewTask[];
  readonly csv?: string;
}

/** Makes a schedule, or changes the one that is given. */
export function useSaveSchedule({ workflowId, schedule, onSaved }: SaveOptions) {
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  return useMutation({
    mutationFn: (body: ScheduleBody) =>
      schedule
        ? callApi(routes.updateSchedule, { params: { id: schedule.id }, body })
        : callApi(routes.createSchedule, { params: { id: workflowId }, body }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: schedulesQuery(workflowId).queryKey });
      showToast({ title: schedule ? 'The schedule has been changed.' : 'The schedule has been added.' });
      whileShown(onSaved);
    },
  });
}

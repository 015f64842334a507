import { routes, type StepRun, type TaskDetail } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { callApi } from '../../../api-client.ts';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/toast.ts';
import { taskQuery } from '../workflow-queries.ts';

export interface RegenerateButtonProps {
  readonly run: StepRun;
  readonly task: TaskDetail;
}

/** Asks the step's model once more; the task goes on from there. */
export function RegenerateButton({ run, task }: RegenerateButtonProps) {
  const queryClient = useQueryClient();
  const mayWrite = useMay('workflows:write');
  const regenerate = useMutation({
    mutationFn: () => callApi(routes.regenerateStep, { params: { id: run.id } }),
    onSuccess: () => queryClient.invalidateQueries(taskQuery(task.id)),
    onError: (error) => showToast({ title: 'The step was not regenerated.', description: error.message, tone: 'bad' }),
  });
  return (
    <Button
      size="small"
      icon={<RefreshCw aria-hidden className="size-3.5" />}
      unavailable={mayWrite ? whyNot(run, task) : 'Your role does not run pipelines.'}
      pending={regenerate.isPending}
      onClick={() => regenerate.mutate()}
    >
      Regenerate
    </Button>
  );
}

function whyNot(run: StepRun, task: TaskDetail): string | null {
  if (task.state === 'canceled') return 'The task has been canceled.';
  const isParked = task.state === 'in_progress' && task.steps.some((each) => each.state === 'waiting') && !task.steps.some(isRunning);
  if (!isParked && ['pending', 'in_progress', 'paused'].includes(task.state)) return 'The task is under way: wait until it has ended.';
  const last = task.steps.findLast((each) => each.step === run.step);
  return last?.id === run.id ? null : 'The step has been run again since: regenerate its last run.';
}

const isRunning = (run: StepRun) => run.state === 'running';

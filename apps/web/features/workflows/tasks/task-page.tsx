import { routes, type TaskDetail } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { CircleX, RotateCcw } from 'lucide-react';
import { callApi } from '../../../api-client.ts';
import { useMay } from '../../../session-query.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { Money } from '../../../ui/money.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { taskQuery, workflowVersionQuery } from '../workflow-queries.ts';
import { JsonValue } from './json-value.tsx';
import { PathTaken } from './path-taken.tsx';
import { StepRunCard } from './step-run-card.tsx';
import type { LiveAnswer } from './task-events.ts';
import { TaskStateWord } from './task-state.tsx';
import { useLiveTask } from './use-live-task.ts';

const route = getRouteApi('/shell/tasks/$id');
const actions = { retry: routes.retryTask, cancel: routes.cancelTask } as const;

/** One task: the path it took, and what every step saw and said. */
export function TaskPage() {
  const { id } = route.useParams();
  const { task, answers } = useLiveTask(id);
  return (
    <>
      <ProblemAlert error={task.error} onRetry={() => task.refetch()} />
      {task.isPending && <Skeleton className="h-80" />}
      {task.data && <TaskView task={task.data} answers={answers} />}
    </>
  );
}

function TaskView({ task, answers }: { readonly task: TaskDetail; readonly answers: ReadonlyMap<string, LiveAnswer> }) {
  const version = useQuery(workflowVersionQuery(task.workflow_id, task.version));
  const titles = new Map(version.data?.graph.steps.map((step) => [step.name, step.title]));
  return (
    <>
      <PageHeader
        title={task.external_id ?? 'Task'}
        description={
          <span className="flex flex-wrap items-center gap-x-3">
            <TaskStateWord task={task} />
            <span>version {task.version}</span>
            <span>
              created <RelativeTime at={task.created_at} />
            </span>
            <Money amount={task.cost} />
            <Link
              to={task.batch_id ? '/batches/$id' : '/workflows/$id/tasks'}
              params={{ id: task.batch_id ?? task.workflow_id }}
              className="text-primary-text underline underline-offset-2"
            >
              {task.batch_id ? 'Its batch' : 'All tasks of the pipeline'}
            </Link>
          </span>
        }
        actions={<TaskActions task={task} />}
      />
      <div className="space-y-6">
        {task.error && (
          <Alert
            tone="bad"
            title={task.error.message}
            live={false}
            action={
              <Link
                to="/workflows/$id"
                params={{ id: task.workflow_id }}
                className="text-[13px] text-primary-text underline underline-offset-2"
              >
                Open the pipeline
              </Link>
            }
          >
            {[
              task.error.step && `Step: ${titles.get(task.error.step) ?? task.error.step}`,
              task.error.slug && `Model: ${task.error.slug}`,
              task.error.code,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Alert>
        )}
        <div className="grid gap-4 lg:grid-cols-2">
          <JsonValue label="Input" value={task.input} />
          <JsonValue label="Output" value={task.output} />
        </div>
        <section aria-label="Path">
          <h2 className="mb-3 font-medium">Path</h2>
          {task.steps.length === 0 && <p className="text-muted">No step has begun yet.</p>}
          {version.data && <PathTaken task={task} graph={version.data.graph} />}
          <ol className="space-y-3">
            {task.steps.map((run) => (
              <li key={run.id}>
                <StepRunCard run={run} task={task} title={titles.get(run.step) ?? run.step} answer={answers.get(run.id) ?? null} />
              </li>
            ))}
          </ol>
        </section>
      </div>
    </>
  );
}

function TaskActions({ task }: { readonly task: TaskDetail }) {
  const queryClient = useQueryClient();
  const role = useMay('workflows:write') ? null : 'Your role does not run pipelines.';
  const change = useMutation({
    mutationFn: (action: keyof typeof actions) => callApi(actions[action], { params: { id: task.id } }),
    onSuccess: () => queryClient.invalidateQueries(taskQuery(task.id)),
  });
  const isOpen = task.state === 'pending' || task.state === 'in_progress' || task.state === 'paused';
  return (
    <>
      {change.error && <span className="text-[13px] text-bad">{change.error.message}</span>}
      {task.state === 'failed' && (
        <Button
          variant="primary"
          icon={<RotateCcw aria-hidden className="size-4" />}
          unavailable={role}
          pending={change.isPending}
          onClick={() => change.mutate('retry')}
        >
          Retry
        </Button>
      )}
      {isOpen && (
        <Button
          variant="danger"
          icon={<CircleX aria-hidden className="size-4" />}
          unavailable={role}
          pending={change.isPending}
          onClick={() => change.mutate('cancel')}
        >
          Cancel
        </Button>
      )}
    </>
  );
}

import type { TaskState } from '@pipelines/contracts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { isAwaited, moreOf } from '../../../ui/more-rows.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { taskStates } from './task-state.tsx';
import { TaskTable } from './task-table.tsx';
import { type TaskFilters, useTasks } from './use-tasks.ts';

const stateOptions = [
  { value: 'any' as const, label: 'Any state' },
  ...Object.entries(taskStates).map(([value, { word }]) => ({ value: value as TaskState, label: word })),
];

export interface TaskListProps {
  readonly filters: TaskFilters;
  readonly isRunning: boolean;
  readonly onStateChange: (state: TaskState | undefined) => void;
}

/** Tasks with a filter over them. */
export function TaskList({ filters, isRunning, onStateChange }: TaskListProps) {
  const tasks = useTasks(filters, isRunning);
  const rows = tasks.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <section aria-label="Tasks">
      <div className="mb-3 flex items-center justify-between gap-3">
        <h2 className="font-medium">Tasks</h2>
        <Select
          label="State"
          className="w-40"
          value={filters.state ?? 'any'}
          onValueChange={(state) => onStateChange(state === 'any' ? undefined : state)}
          options={stateOptions}
        />
      </div>
      <ProblemAlert error={tasks.error} onRetry={() => tasks.refetch()} />
      {isAwaited(tasks, rows) && <Skeleton className="h-40 w-full" />}
      {tasks.isSuccess && !isAwaited(tasks, rows) && rows.length === 0 && (
        <EmptyState title={filters.state ? 'No task is in this state.' : 'There is no task yet.'}>
          {!filters.state && 'A task is one row that flows through the pipeline.'}
        </EmptyState>
      )}
      {rows.length > 0 && <TaskTable tasks={rows} {...moreOf(tasks)} />}
    </section>
  );
}

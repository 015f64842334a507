import type { Task } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { Money } from '../../../ui/money.tsx';
import type { MoreRows } from '../../../ui/more-rows.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { RowGap } from '../../../ui/row-gap.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { useEndlessRows } from '../../../ui/use-endless-rows.ts';
import { TaskStateWord } from './task-state.tsx';

const rowHeightPx = 45;
const columns = 5;

export interface TaskTableProps extends MoreRows {
  readonly tasks: readonly Task[];
}

export function TaskTable({ tasks, ...more }: TaskTableProps) {
  const rows = useEndlessRows({ count: tasks.length, rowHeightPx, ...more });
  return (
    <Table label="Tasks" rowCount={more.hasMore ? -1 : tasks.length + 1} outdated={more.outdated}>
      <TableHead>
        <Th>Task</Th>
        <Th>State</Th>
        <Th className="@max-3xl:hidden">What happened</Th>
        <Th className="@max-lg:hidden">Cost</Th>
        <Th className="@max-2xl:hidden">Created</Th>
      </TableHead>
      <tbody ref={rows.bodyRef}>
        <RowGap heightPx={rows.beforePx} columns={columns} />
        {rows.indexes.map((index) => {
          const task = tasks[index];
          return (
            task && (
              <Tr key={task.id} aria-rowindex={index + 2} className="h-[45px]">
                <Td className="w-full min-w-40 max-w-0">
                  <Link to="/tasks/$id" params={{ id: task.id }} className="block truncate font-medium text-[13px] hover:underline">
                    {task.external_id ?? inputWords(task)}
                  </Link>
                </Td>
                <Td>
                  <TaskStateWord task={task} />
                </Td>
                <Td className="max-w-80 truncate text-[13px] text-muted @max-3xl:hidden" title={task.error?.message}>
                  {task.error?.message ?? ''}
                </Td>
                <Td className="text-[13px] @max-lg:hidden">
                  <Money amount={task.cost} />
                </Td>
                <Td className="whitespace-nowrap text-[13px] text-muted @max-2xl:hidden">
                  <RelativeTime at={task.created_at} />
                </Td>
              </Tr>
            )
          );
        })}
        <RowGap heightPx={rows.afterPx} columns={columns} />
      </tbody>
    </Table>
  );
}

/** The beginning of its input, by which people know a row; its ID where it has none. */
function inputWords(task: Task): string {
  const [first] = Object.values(task.input);
  const text = typeof first === 'string' ? first : first === undefined ? '' : JSON.stringify(first);
  return text.trim().slice(0, 80) || task.id;
}

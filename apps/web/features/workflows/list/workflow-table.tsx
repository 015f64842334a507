import type { WorkflowSummary } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { Badge } from '../../../ui/badge.tsx';
import type { MoreRows } from '../../../ui/more-rows.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { RowGap } from '../../../ui/row-gap.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { useEndlessRows } from '../../../ui/use-endless-rows.ts';
import { WorkflowStateWord } from '../workflow-state.tsx';

const rowHeightPx = 61;
const columns = 5;

export interface WorkflowTableProps extends MoreRows {
  readonly workflows: readonly WorkflowSummary[];
}

export function WorkflowTable({ workflows, ...more }: WorkflowTableProps) {
  const rows = useEndlessRows({ count: workflows.length, rowHeightPx, ...more });
  return (
    <Table label="Pipelines" rowCount={more.hasMore ? -1 : workflows.length + 1} outdated={more.outdated}>
      <TableHead>
        <Th>Pipeline</Th>
        <Th>State</Th>
        <Th className="@max-2xl:hidden">Version</Th>
        <Th className="@max-lg:hidden">Tasks</Th>
        <Th className="@max-2xl:hidden">Changed</Th>
      </TableHead>
      <tbody ref={rows.bodyRef}>
        <RowGap heightPx={rows.beforePx} columns={columns} />
        {rows.indexes.map((index) => {
          const workflow = workflows[index];
          return workflow && <WorkflowRow key={workflow.id} workflow={workflow} index={index} />;
        })}
        <RowGap heightPx={rows.afterPx} columns={columns} />
      </tbody>
    </Table>
  );
}

function WorkflowRow({ workflow, index }: { readonly workflow: WorkflowSummary; readonly index: number }) {
  const { tasks } = workflow;
  return (
    <Tr aria-rowindex={index + 2} className="h-[61px]">
      <Td className="w-full max-w-0">
        <Link to="/workflows/$id" params={{ id: workflow.id }} title={workflow.name} className="block truncate font-medium hover:underline">
          {workflow.name}
        </Link>
        {workflow.description && <div className="truncate text-muted text-xs">{workflow.description}</div>}
      </Td>
      <Td>
        <WorkflowStateWord state={workflow.state} />
      </Td>
      <Td className="@max-2xl:hidden">
        <span className="flex items-center gap-2 whitespace-nowrap text-[13px]">
          {workflow.published_version === null ? <span className="text-muted">not published</span> : workflow.published_version}
          {workflow.published_version !== null && workflow.has_changes && <Badge tone="accent">draft differs</Badge>}
        </span>
      </Td>
      <Td className="@max-lg:hidden">
        <Link to="/workflows/$id/tasks" params={{ id: workflow.id }} className="whitespace-nowrap text-[13px] tabular-nums hover:underline">
          {tasks.total.toLocaleString('en')}
          <span className="sr-only"> tasks</span>
          <span className="text-muted">{taskWords(tasks)}</span>
        </Link>
      </Td>
      <Td className="whitespace-nowrap text-[13px] text-muted @max-2xl:hidden">
        <RelativeTime at={workflow.updated_at} />
      </Td>
    </Tr>
  );
}

function taskWords(tasks: WorkflowSummary['tasks']): string {
  const parts = [
    [tasks.running, 'running'],
    [tasks.waiting, 'waiting'],
    [tasks.failed, 'failed'],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${count.toLocaleString('en')} ${word}`);
  return words.length === 0 ? '' : ` · ${words.join(' · ')}`;
}

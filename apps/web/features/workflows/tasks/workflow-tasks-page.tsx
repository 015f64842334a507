import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { batchesQuery, workflowQuery } from '../workflow-queries.ts';
import { WorkflowStateWord } from '../workflow-state.tsx';
import { BatchTable } from './batch-table.tsx';
import { TaskList } from './task-list.tsx';
import type { WorkflowView } from './tasks-search.ts';
import { WorkflowSettings } from './workflow-settings.tsx';

const SchedulesPanel = lazy(() => import('../schedules/schedules-panel.tsx'));
const RunDialog = lazy(() => import('./run-dialog.tsx'));
const route = getRouteApi('/shell/workflows/$id/tasks');

/** What a workflow has run: its batches and its tasks. */
export function WorkflowTasksPage() {
  const { id } = route.useParams();
  const { state, view = 'runs' } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('workflows:write');
  const [isRunOpen, setIsRunOpen] = useState(false);
  const workflow = useQuery({ ...workflowQuery(id), refetchInterval: 5_000 });
  const batches = useQuery(batchesQuery(id));
  const data = workflow.data;
  const isRunning = (data?.tasks.running ?? 0) > 0 || (batches.data?.data.some((batch) => batch.state === 'running') ?? false);
  return (
    <>
      <PageHeader
        title={data ? `Tasks of ${data.name}` : <Skeleton className="h-7 w-56" />}
        documentTitle={data ? `Tasks of ${data.name}` : 'Tasks'}
        description={
          data && (
            <span className="flex items-center gap-3">
              <WorkflowStateWord state={data.state} />
              <Link to="/workflows/$id" params={{ id }} className="text-primary-text underline underline-offset-2">
                Open the builder
              </Link>
            </span>
          )
        }
        actions={
          <Button
            variant="primary"
            icon={<Play aria-hidden className="size-3.5" />}
            unavailable={whyNoRun(mayWrite, data?.published_version ?? null, data?.state === 'archived')}
            onClick={() => setIsRunOpen(true)}
          >
            Run
          </Button>
        }
      />
      <ProblemAlert error={workflow.error ?? batches.error} />
      <Tabs<WorkflowView>
        label="Of the pipeline"
        value={view}
        onValueChange={(next) => void navigate({ search: { view: next === 'runs' ? undefined : next }, replace: true })}
        tabs={[
          {
            value: 'runs',
            label: 'Runs',
            panel: (
              <>
                {batches.data && batches.data.data.length > 0 && <BatchTable batches={batches.data.data} />}
                <TaskList
                  filters={{ workflowId: id, state }}
                  isRunning={isRunning}
                  onStateChange={(next) => void navigate({ search: { state: next }, replace: true })}
                />
              </>
            ),
          },
          {
            value: 'schedules',
            label: 'Schedules',
            panel: <Suspense fallback={<Skeleton className="h-40 w-full" />}>{data && <SchedulesPanel workflow={data} />}</Suspense>,
          },
          { value: 'settings', label: 'Settings', panel: <WorkflowSettings workflowId={id} /> },
        ]}
      />
      <Suspense>{isRunOpen && data && <RunDialog workflow={data} onClose={() => setIsRunOpen(false)} />}</Suspense>
    </>
  );
}

function whyNoRun(mayWrite: boolean, version: number | null, isArchived: boolean): string | null {
  if (!mayWrite) return 'Your role does not run pipelines.';
  if (version === null) return 'Publish the pipeline first: tasks run a published version.';
  return isArchived ? 'The pipeline is archived and takes no tasks.' : null;
}

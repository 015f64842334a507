import { routes, type WorkflowState } from '@pipelines/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Plus, Workflow as WorkflowIcon } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { callApi } from '../../../api-client.ts';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { isAwaited, moreOf } from '../../../ui/more-rows.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { SearchInput } from '../../../ui/search-input.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import type { WorkflowListSearch } from './workflow-list-search.ts';
import { WorkflowTable } from './workflow-table.tsx';

const CreateWorkflowDialog = lazy(() => import('./create-workflow-dialog.tsx'));
const route = getRouteApi('/shell/workflows');

const stateOptions: readonly { readonly value: WorkflowState | 'any'; readonly label: string }[] = [
  { value: 'any', label: 'Any state' },
  { value: 'draft', label: 'Draft' },
  { value: 'active', label: 'Active' },
  { value: 'paused', label: 'Paused' },
  { value: 'archived', label: 'Archived' },
];

/** Every workflow of the organization. */
export function WorkflowListPage() {
  const { search, state, create } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('workflows:write');
  const filters = { search: search?.trim() || undefined, state };
  const workflows = useInfiniteQuery({
    queryKey: ['workflows', 'list', filters],
    queryFn: ({ pageParam, signal }) => callApi(routes.listWorkflows, { query: { ...filters, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
  const rows = workflows.data?.pages.flatMap((page) => page.data) ?? [];
  const change = (part: Partial<WorkflowListSearch>) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const createButton = (
    <Button
      variant="primary"
      icon={<Plus aria-hidden className="size-4" />}
      unavailable={mayWrite ? null : 'Your role does not make pipelines.'}
      onClick={() => change({ create: true })}
    >
      New pipeline
    </Button>
  );

  return (
    <>
      <PageHeader title="Pipelines" description="Models at work on rows of data, step by step." actions={createButton} />
      <search className="mb-4 flex flex-wrap gap-2">
        <SearchInput
          label="Search pipelines"
          placeholder="Search pipelines"
          value={search ?? ''}
          onChange={(text) => change({ search: text || undefined })}
        />
        <Select
          label="State"
          className="w-36"
          value={state ?? 'any'}
          onValueChange={(next) => change({ state: next === 'any' ? undefined : next })}
          options={stateOptions}
        />
      </search>
      <ProblemAlert error={workflows.error} onRetry={() => workflows.refetch()} />
      {isAwaited(workflows, rows) && <Skeleton className="h-48 w-full" />}
      {workflows.isSuccess && !isAwaited(workflows, rows) && rows.length === 0 && (
        <EmptyState
          icon={<WorkflowIcon />}
          title={search || state ? 'No pipeline matches.' : 'There is no pipeline yet.'}
          action={
            search || state ? (
              <Button onClick={() => change({ search: undefined, state: undefined })}>Clear the filters</Button>
            ) : (
              createButton
            )
          }
        >
          {!search && !state && 'Start from a template: it sorts tickets, drafts replies and lets a person review them.'}
        </EmptyState>
      )}
      {rows.length > 0 && <WorkflowTable workflows={rows} {...moreOf(workflows)} />}
      <Suspense>{create && mayWrite && <CreateWorkflowDialog onClose={() => change({ create: undefined })} />}</Suspense>
    </>
  );
}

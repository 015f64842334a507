import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Plus, Wrench } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toolEndpointsQuery } from '../tool-queries.ts';
import { ToolEndpointTable } from './tool-endpoint-table.tsx';

const AddToolEndpointDialog = lazy(() => import('../form/add-tool-endpoint-dialog.tsx'));
const route = getRouteApi('/shell/tools');

/** Where the steps of a pipeline find tools. */
export function ToolListPage() {
  const { add } = route.useSearch();
  const navigate = useNavigate();
  const mayWrite = useMay('tools:write');
  const endpoints = useQuery(toolEndpointsQuery);
  const setAdd = (open: boolean) => void navigate({ to: '/tools', search: { add: open || undefined }, replace: true });
  const addButton = (
    <Button
      variant="primary"
      icon={<Plus aria-hidden className="size-4" />}
      unavailable={mayWrite ? null : 'Only admins add tool endpoints.'}
      onClick={() => setAdd(true)}
    >
      Add tool endpoint
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Tools"
        description="MCP servers and HTTP services whose tools the models of your pipelines may call."
        actions={addButton}
      />
      <ProblemAlert error={endpoints.error} onRetry={() => void endpoints.refetch()} />
      {endpoints.isPending && <Skeleton className="h-48 w-full" />}
      {endpoints.data?.length === 0 && (
        <EmptyState icon={<Wrench />} title="No tool endpoint yet." action={addButton}>
          Add an MCP server, or a service with an OpenAPI document. Its tools can then be bound to the LLM steps of a pipeline.
        </EmptyState>
      )}
      {endpoints.data && endpoints.data.length > 0 && <ToolEndpointTable endpoints={endpoints.data} />}
      <Suspense>
        {add && mayWrite && (
          <AddToolEndpointDialog
            onClose={() => setAdd(false)}
            onCreated={({ id }) => void navigate({ to: '/tools/$id', params: { id }, replace: true })}
          />
        )}
      </Suspense>
    </>
  );
}

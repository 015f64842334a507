import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '../../../api-client.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toolEndpointQuery } from '../tool-queries.ts';
import { ToolEndpointView } from './tool-endpoint-view.tsx';

const route = getRouteApi('/shell/tools/$id');

/** One endpoint with its tools, and who uses it. */
export function ToolEndpointRoute() {
  const { id } = route.useParams();
  const endpoint = useQuery(toolEndpointQuery(id));
  if (endpoint.data) return <ToolEndpointView key={id} endpoint={endpoint.data} />;
  if (endpoint.error instanceof ApiProblem && endpoint.error.status === 404) {
    return (
      <>
        <PageHeader title="No such tool endpoint" />
        <EmptyState title="There is nothing here.">
          It may have been deleted, or belong to another organization. See all{' '}
          <Link to="/tools" className="underline underline-offset-2">
            tool endpoints
          </Link>
          .
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader title={<Skeleton className="h-7 w-56" />} documentTitle="Tool endpoint" />
      {endpoint.error ? <ProblemAlert error={endpoint.error} onRetry={() => void endpoint.refetch()} /> : <Skeleton className="h-80" />}
    </>
  );
}

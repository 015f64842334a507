import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '../../../api-client.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { namedModels, stepEndpointsQuery, stepModelsQuery, workflowQuery } from '../workflow-queries.ts';
import { Builder } from './builder.tsx';

const route = getRouteApi('/shell/workflows/$id');

export function BuilderRoute() {
  const { id } = route.useParams();
  const workflow = useQuery(workflowQuery(id));
  const models = useQuery({ ...stepModelsQuery(namedModels(workflow.data?.draft)), enabled: workflow.isSuccess });
  const endpoints = useQuery(stepEndpointsQuery);
  if (workflow.data && models.data && endpoints.data) {
    return <Builder key={id} workflow={workflow.data} models={models.data} endpoints={endpoints.data} />;
  }
  if (workflow.error instanceof ApiProblem && workflow.error.status === 404) {
    return (
      <>
        <PageHeader title="No such pipeline" />
        <EmptyState title="It does not exist, or belongs to another organization.">
          See all{' '}
          <Link to="/workflows" className="underline underline-offset-2">
            pipelines
          </Link>
          .
        </EmptyState>
      </>
    );
  }
  const error = workflow.error ?? models.error ?? endpoints.error;
  return (
    <>
      <PageHeader title={<Skeleton className="h-7 w-56" />} documentTitle="Pipeline" />
      {error ? (
        <ProblemAlert error={error} onRetry={() => void Promise.all([workflow.refetch(), models.refetch(), endpoints.refetch()])} />
      ) : (
        <Skeleton className="h-96" />
      )}
    </>
  );
}

import { routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ApiProblem, callApi } from '../../../api-client.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ModelView } from './model-view.tsx';

/** Everything about one model: what it is, whether it works, what it costs, who uses it. */
export default function ModelPage({ slug }: { readonly slug: string }) {
  const model = useQuery({
    queryKey: ['models', 'one', slug],
    queryFn: ({ signal }) => callApi(routes.getModel, { params: { slug }, signal }),
    refetchInterval: 15_000,
  });
  if (model.data) return <ModelView model={model.data} />;
  if (model.error instanceof ApiProblem && model.error.status === 404) {
    return (
      <>
        <PageHeader title="No such model" />
        <EmptyState title={`Nothing in the registry is called ${slug}.`}>
          It may have another slug: see all{' '}
          <Link to="/models" className="underline underline-offset-2">
            models
          </Link>
          .
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader title={<Skeleton className="h-7 w-56" />} documentTitle={slug} />
      {model.error ? <ProblemAlert error={model.error} onRetry={() => void model.refetch()} /> : <Skeleton className="h-80" />}
    </>
  );
}

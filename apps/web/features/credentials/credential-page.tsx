import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ApiProblem } from '../../api-client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CredentialView } from './credential-view.tsx';
import { credentialQuery } from './use-credentials.ts';

/** One credential: where it goes, who uses it, when it ends, and how it is replaced. */
export function CredentialPage({ id }: { readonly id: string }) {
  const credential = useQuery(credentialQuery(id));
  if (credential.error instanceof ApiProblem && credential.error.status === 404) {
    return (
      <>
        <PageHeader title="No such credential" />
        <EmptyState title="It does not exist, or has been deleted.">
          See all{' '}
          <Link to="/credentials" className="underline underline-offset-2">
            credentials
          </Link>
          .
        </EmptyState>
      </>
    );
  }
  if (credential.data) return <CredentialView credential={credential.data} />;
  return (
    <>
      <PageHeader title={<Skeleton className="h-7 w-56" />} documentTitle="Credential" />
      {credential.error ? (
        <ProblemAlert error={credential.error} onRetry={() => void credential.refetch()} />
      ) : (
        <Skeleton className="h-80" />
      )}
    </>
  );
}

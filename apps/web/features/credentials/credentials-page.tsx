import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LockKeyhole } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CredentialsTable } from './credentials-table.tsx';
import { credentialsQuery } from './use-credentials.ts';

/** The secrets that the organization has entered, each for one destination. */
export function CredentialsPage() {
  const credentials = useQuery(credentialsQuery);
  const rows = credentials.data?.data ?? [];
  return (
    <>
      <PageHeader
        title="Credentials"
        description="Your own keys at providers. Each is used for one destination, and is never shown again."
      />
      <ProblemAlert error={credentials.error} onRetry={() => credentials.refetch()} />
      {credentials.isPending && <Skeleton className="h-48 w-full" />}
      {credentials.isSuccess && rows.length === 0 && (
        <EmptyState icon={<LockKeyhole />} title="No credential is saved yet.">
          One is saved with the first{' '}
          <Link to="/models" search={{ add: true }} className="underline underline-offset-2">
            custom model
          </Link>
          .
        </EmptyState>
      )}
      {rows.length > 0 && <CredentialsTable credentials={rows} />}
    </>
  );
}

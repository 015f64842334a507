import type { ApiKey } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { KeyRound, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { LimitsDialog } from '../../limits/limits-dialog.tsx';
import { useMay } from '../../session-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { apiKeyState } from './api-key-state.ts';
import { ApiKeysTable } from './api-keys-table.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { apiKeysQuery } from './use-api-keys.ts';

const CreateApiKeyDialog = lazy(() => import('./create-api-key-dialog.tsx'));
const route = getRouteApi('/shell/api-keys');

/** What programs authenticate with. */
export function ApiKeysPage() {
  const { create, ended } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('keys:write');
  const keys = useQuery(apiKeysQuery);
  const [limited, setLimited] = useState<ApiKey | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const all = keys.data?.data ?? [];
  const active = all.filter((key) => apiKeyState(key, Date.now()) === 'active');
  const shown = ended ? all : active;
  const endedCount = all.length - active.length;
  const setCreate = (open: boolean) => void navigate({ search: (before) => ({ ...before, create: open || undefined }), replace: true });
  const createButton = (
    <Button
      variant="primary"
      icon={<Plus aria-hidden className="size-4" />}
      unavailable={mayWrite ? null : 'Your role does not make API keys.'}
      onClick={() => setCreate(true)}
    >
      Create API key
    </Button>
  );

  return (
    <>
      <PageHeader title="API keys" description="Programs use one as a bearer token. Each is shown once." actions={createButton} />
      <ProblemAlert error={keys.error} onRetry={() => keys.refetch()} />
      {keys.isPending && <Skeleton className="h-48 w-full" />}
      {keys.isSuccess && shown.length === 0 && (
        <EmptyState icon={<KeyRound />} title="No program has an API key yet." action={createButton}>
          Any OpenAI client works: give it this server's address with <code className="font-mono text-xs">/v1</code> and a key.
        </EmptyState>
      )}
      {shown.length > 0 && <ApiKeysTable keys={shown} mayRevoke={mayWrite} onRevoke={setRevoking} onLimits={setLimited} />}
      {endedCount > 0 && (
        <Button
          variant="ghost"
          size="small"
          className="mt-3"
          onClick={() => void navigate({ search: (before) => ({ ...before, ended: !ended || undefined }), replace: true })}
        >
          {ended ? 'Hide revoked and expired keys' : `Show ${endedCount} revoked or expired`}
        </Button>
      )}
      <Suspense>{create && mayWrite && <CreateApiKeyDialog onClose={() => setCreate(false)} />}</Suspense>
      {limited && <LimitsDialog subject={{ type: 'api_key', id: limited.id }} name={limited.name} onClose={() => setLimited(null)} />}
      {revoking && <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

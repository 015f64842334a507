import type { ToolEndpointDetail } from '@pipelines/contracts';
import { useNavigate } from '@tanstack/react-router';
import { Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../../../session-query.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { showToast } from '../../../ui/toast.ts';
import { EndpointStatus } from '../endpoint-status.tsx';
import { toolAuthNames, toolKindNames } from '../tool-kind-names.ts';
import { DeleteToolEndpointDialog } from './delete-tool-endpoint-dialog.tsx';
import { RefreshResult } from './refresh-result.tsx';
import { ToolDependents } from './tool-dependents.tsx';
import { ToolList } from './tool-list.tsx';
import { useRefresh, useSwitchEndpoint } from './use-tool-endpoint.ts';

const EditToolEndpointDialog = lazy(() => import('../form/edit-tool-endpoint-dialog.tsx'));

export function ToolEndpointView({ endpoint }: { readonly endpoint: ToolEndpointDetail }) {
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null);
  const mayWrite = useMay('tools:write');
  const navigate = useNavigate();
  const refresh = useRefresh(endpoint.id);
  const switchEndpoint = useSwitchEndpoint(endpoint);
  const closed = mayWrite ? null : 'Only admins change tool endpoints.';
  return (
    <>
      <PageHeader
        documentTitle={endpoint.name}
        title={
          <span className="flex flex-wrap items-center gap-2">
            {endpoint.name}
            <Badge>{toolKindNames[endpoint.kind]}</Badge>
          </span>
        }
        description={<EndpointStatus endpoint={endpoint} />}
        actions={
          <>
            <Button
              icon={<RefreshCw aria-hidden className="size-4" />}
              pending={refresh.isPending}
              unavailable={closed}
              onClick={() => refresh.mutate()}
            >
              Refresh
            </Button>
            <Button pending={switchEndpoint.isPending} unavailable={closed} onClick={() => switchEndpoint.mutate()}>
              {endpoint.enabled ? 'Switch off' : 'Switch on'}
            </Button>
            <Button
              variant="primary"
              icon={<Pencil aria-hidden className="size-4" />}
              unavailable={closed}
              onClick={() => setDialog('edit')}
            >
              Edit
            </Button>
            <Button
              variant="ghost"
              size="icon"
              aria-label="Delete tool endpoint"
              icon={<Trash2 aria-hidden className="size-4" />}
              unavailable={closed}
              onClick={() => setDialog('delete')}
            />
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <RefreshResult refresh={refresh} endpoint={endpoint} />
        <section aria-label="Connection" className="rounded-xl border border-line bg-panel px-4 py-2">
          <Facts facts={factsOf(endpoint)} />
        </section>
        <ToolList endpoint={endpoint} mayWrite={mayWrite} />
        <ToolDependents id={endpoint.id} />
      </div>
      <Suspense>
        {dialog === 'edit' && (
          <EditToolEndpointDialog endpoint={endpoint} onClose={() => setDialog(null)} onMoved={() => refresh.mutate()} />
        )}
      </Suspense>
      {dialog === 'delete' && (
        <DeleteToolEndpointDialog
          endpoint={endpoint}
          onClose={() => setDialog(null)}
          onDeleted={() => {
            showToast({ title: `${endpoint.name} has been deleted` });
            void navigate({ to: '/tools' });
          }}
        />
      )}
    </>
  );
}

function factsOf(endpoint: ToolEndpointDetail) {
  const { url, kind, document_url, auth_kind, credential_preview, last_refresh } = endpoint;
  return [
    { name: 'Address', value: <code className="break-all font-mono text-xs">{url}</code> },
    ...(kind === 'http'
      ? [{ name: 'Document', value: document_url ? <code className="break-all font-mono text-xs">{document_url}</code> : 'pasted' }]
      : []),
    {
      name: 'Credential',
      value:
        credential_preview === null ? (
          toolAuthNames[auth_kind]
        ) : (
          <>
            {toolAuthNames[auth_kind]} <code className="ml-2 font-mono text-xs">{credential_preview}</code>
          </>
        ),
    },
    { name: 'Last refresh', value: last_refresh ? <RelativeTime at={last_refresh.at} /> : 'not since its connection changed' },
  ];
}

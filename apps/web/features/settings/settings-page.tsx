import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useMay } from '../../session-query.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AccountSettings } from './account-settings.tsx';
import { Aliases } from './aliases.tsx';
import { AuditLog } from './audit-log.tsx';
import { OrganizationSettings } from './organization-settings.tsx';
import type { SettingsTab } from './settings-search.ts';

const WebhooksSettings = lazy(() => import('./webhooks/webhooks-settings.tsx'));
const route = getRouteApi('/shell/settings');

export function SettingsPage() {
  const { tab = 'organization' } = route.useSearch();
  const navigate = route.useNavigate();
  const mayAudit = useMay('audit:read');
  const mayWebhooks = useMay('webhooks:read');
  const isClosed = (tab === 'audit' && !mayAudit) || (tab === 'webhooks' && !mayWebhooks);
  const webhooks = (
    <Suspense fallback={<Skeleton className="h-40 w-full" />}>
      <WebhooksSettings />
    </Suspense>
  );
  return (
    <>
      <PageHeader title="Settings" />
      <Tabs<SettingsTab>
        label="Settings"
        value={isClosed ? 'organization' : tab}
        onValueChange={(next) => void navigate({ search: { tab: next }, replace: true })}
        tabs={[
          { value: 'organization', label: 'Organization', panel: <OrganizationSettings /> },
          { value: 'aliases', label: 'Aliases', panel: <Aliases /> },
          { value: 'account', label: 'Your account', panel: <AccountSettings /> },
          ...(mayWebhooks ? [{ value: 'webhooks' as const, label: 'Webhooks', panel: webhooks }] : []),
          ...(mayAudit ? [{ value: 'audit' as const, label: 'Audit log', panel: <AuditLog /> }] : []),
        ]}
      />
    </>
  );
}

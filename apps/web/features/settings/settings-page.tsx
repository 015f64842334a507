import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../../session-query.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AccountSettings } from './account-settings.tsx';
import { AuditLog } from './audit-log.tsx';
import { OrganizationSettings } from './organization-settings.tsx';
import type { SettingsTab } from './settings-search.ts';

const route = getRouteApi('/shell/settings');

export function SettingsPage() {
  const { tab = 'organization' } = route.useSearch();
  const navigate = route.useNavigate();
  const mayAudit = useMay('audit:read');
  return (
    <>
      <PageHeader title="Settings" />
      <Tabs<SettingsTab>
        label="Settings"
        value={tab === 'audit' && !mayAudit ? 'organization' : tab}
        onValueChange={(next) => void navigate({ search: { tab: next }, replace: true })}
        tabs={[
          { value: 'organization', label: 'Organization', panel: <OrganizationSettings /> },
          { value: 'account', label: 'Your account', panel: <AccountSettings /> },
          ...(mayAudit ? [{ value: 'audit' as const, label: 'Audit log', panel: <AuditLog /> }] : []),
        ]}
      />
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import { useMay } from '../../session-query.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { CatalogueChanges } from './catalogue-changes.tsx';
import { CatalogueModels } from './catalogue-models.tsx';
import type { CatalogueTab } from './catalogue-search.ts';
import { CatalogueState } from './catalogue-state.tsx';
import { catalogueQuery, useSyncCatalogue } from './use-catalogue.ts';

const route = getRouteApi('/shell/catalogue');

/** Where the platform models come from, when that was last read, and what was news. */
export function CataloguePage() {
  const { tab = 'changes', of, search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('models:write');
  const catalogue = useQuery(catalogueQuery);
  const sync = useSyncCatalogue();
  const readButton = (
    <Button
      icon={<RefreshCw aria-hidden className="size-4" />}
      pending={sync.isPending}
      unavailable={mayWrite ? null : 'Only admins of your organization read it anew.'}
      onClick={() => sync.mutate()}
    >
      Read the source now
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Platform catalogue"
        description="What the source of the platform models has, and what has changed of it."
        actions={readButton}
      />
      {sync.error && <ProblemAlert error={sync.error} />}
      {catalogue.error && <ProblemAlert error={catalogue.error} onRetry={() => catalogue.refetch()} />}
      {catalogue.data && <CatalogueState catalogue={catalogue.data} />}
      <Tabs<CatalogueTab>
        label="Platform catalogue"
        value={tab}
        onValueChange={(next) => void navigate({ search: { tab: next }, replace: true })}
        tabs={[
          {
            value: 'changes',
            label: 'Changes',
            panel: (
              <CatalogueChanges
                of={of ?? 'offered'}
                onChange={(next) => void navigate({ search: { tab, of: next === 'all' ? 'all' : undefined }, replace: true })}
              />
            ),
          },
          {
            value: 'models',
            label: 'All models of the source',
            panel: (
              <CatalogueModels
                search={search}
                onSearch={(text) => void navigate({ search: { tab: 'models', search: text || undefined }, replace: true })}
              />
            ),
          },
        ]}
      />
    </>
  );
}

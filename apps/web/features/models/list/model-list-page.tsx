import type { Model } from '@pipelines/contracts';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { isAwaited, moreOf } from '../../../ui/more-rows.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { ModelFilters } from './model-filters.tsx';
import { hasFilters, type ModelListSearch, noFilters } from './model-list-search.ts';
import { ModelTable, ModelTableSkeleton } from './model-table.tsx';
import { PlatformNotice } from './platform-notice.tsx';
import { useModels } from './use-models.ts';

const AddModelDialog = lazy(() => import('../add/add-model-dialog.tsx'));
const EditModelDialog = lazy(async () => ({ default: (await import('../model-page/edit-model-dialog.tsx')).EditModelDialog }));
const DeleteDialog = lazy(async () => ({ default: (await import('../model-page/deactivate-model-dialog.tsx')).DeactivateModelDialog }));
const NoModels = lazy(() => import('./no-models.tsx'));
const route = getRouteApi('/shell/models');

/** The registry: every model of the organization. */
export function ModelListPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('models:write');
  const models = useModels(search);
  const [opened, setOpened] = useState<{ readonly dialog: 'edit' | 'delete'; readonly model: Model } | null>(null);
  const close = () => setOpened(null);
  const change = (part: Partial<ModelListSearch>) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const rows = models.data?.pages.flatMap((page) => page.data) ?? [];
  const addButton = (
    <Button
      variant="primary"
      icon={<Plus aria-hidden className="size-4" />}
      unavailable={mayWrite ? null : 'Only admins of your organization add models.'}
      onClick={() => change({ add: true })}
    >
      Add custom model
    </Button>
  );

  return (
    <>
      <PageHeader
        title="Models"
        description={
          <>
            Platform models and your own keys, in one registry.{' '}
            <Link to="/catalogue" className="text-fg underline underline-offset-2">
              Platform catalogue
            </Link>
          </>
        }
        actions={addButton}
      />
      <PlatformNotice models={rows} />
      <ModelFilters search={search} onChange={change} />
      {models.error && <ProblemAlert error={models.error} onRetry={() => models.refetch()} />}
      {isAwaited(models, rows) && <ModelTableSkeleton />}
      {models.isSuccess && !isAwaited(models, rows) && rows.length === 0 && (
        <Suspense>
          <NoModels isFiltered={hasFilters(search)} addButton={addButton} onClear={() => change(noFilters)} />
        </Suspense>
      )}
      {rows.length > 0 && (
        <ModelTable
          models={rows}
          {...moreOf(models)}
          onEdit={(model) => setOpened({ dialog: 'edit', model })}
          onDelete={(model) => setOpened({ dialog: 'delete', model })}
        />
      )}
      <Suspense>
        {search.add && mayWrite && (
          <AddModelDialog open onClose={() => change({ add: undefined })} onCreated={() => change({ add: undefined })} />
        )}
        {opened?.dialog === 'edit' && <EditModelDialog model={opened.model} onClose={close} />}
        {opened?.dialog === 'delete' && <DeleteDialog model={opened.model} onClose={close} onDeactivated={close} />}
      </Suspense>
    </>
  );
}

import { getRouteApi } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { DatasetList } from './dataset-list.tsx';
import { EvaluationList } from './evaluation-list.tsx';
import type { EvaluationsSearch } from './evaluations-search.ts';

const CreateEvaluationDialog = lazy(() => import('./create/create-evaluation-dialog.tsx'));
const CreateDatasetDialog = lazy(() => import('./create-dataset-dialog.tsx'));
const route = getRouteApi('/shell/evaluations');

/** Which model, which version: what was measured, and the rows that it is measured with. */
export function EvaluationsPage() {
  const { tab = 'evaluations', create } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('workflows:write');
  const change = (part: EvaluationsSearch) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const close = () => change({ create: undefined });
  const createButton = (what: 'evaluation' | 'dataset') => (
    <Button
      variant="primary"
      icon={<Plus aria-hidden className="size-4" />}
      unavailable={mayWrite ? null : 'Your role does not make evaluations.'}
      onClick={() => change({ create: what })}
    >
      {what === 'evaluation' ? 'New evaluation' : 'New dataset'}
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Evaluations"
        description="Models and versions side by side on the same rows: quality, cost, latency."
        actions={createButton(tab === 'datasets' ? 'dataset' : 'evaluation')}
      />
      <Tabs
        label="Evaluations and datasets"
        value={tab}
        onValueChange={(next) => change({ tab: next })}
        tabs={[
          { value: 'evaluations', label: 'Evaluations', panel: <EvaluationList createButton={createButton('evaluation')} /> },
          { value: 'datasets', label: 'Datasets', panel: <DatasetList createButton={createButton('dataset')} /> },
        ]}
      />
      <Suspense>
        {create === 'evaluation' && mayWrite && <CreateEvaluationDialog onClose={close} />}
        {create === 'dataset' && mayWrite && (
          <CreateDatasetDialog onClose={close} onCreated={() => change({ tab: 'datasets', create: undefined })} />
        )}
      </Suspense>
    </>
  );
}

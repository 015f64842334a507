import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Alert } from '../../../../ui/alert.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { SampleDatasetButton } from '../sample-dataset-button.tsx';
import type { EvaluationDraft } from './use-evaluation-draft.ts';

const CreateDatasetDialog = lazy(() => import('../create-dataset-dialog.tsx'));

export interface SectionProps {
  readonly draft: EvaluationDraft;
  readonly errorOf: (path: string) => string | null;
}

/** Its name, the pipeline and the rows. */
export function SubjectSection({ draft, errorOf }: SectionProps) {
  const { workflows, datasets, setName } = draft;
  const { name, workflowId, datasetId } = draft.draft;
  const [isAdding, setIsAdding] = useState(false);
  return (
    <section aria-label="What is evaluated" className="space-y-4">
      <Field label="Name" required error={errorOf('name')}>
        <Input
          value={name}
          maxLength={120}
          placeholder="Which model for triage"
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {workflows.data?.length === 0 && (
        <Alert tone="info" live={false} title="No pipeline has been published yet.">
          Make one under Pipelines, from the template of support tickets for one, and publish it.
        </Alert>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Pipeline" required error={errorOf('workflow_id') && 'Choose a pipeline.'}>
          <Select
            value={workflowId}
            placeholder="Choose a pipeline"
            onValueChange={(id) => draft.chooseWorkflow({ id })}
            options={(workflows.data ?? []).map((each) => ({
              value: each.id,
              label: each.name,
              hint: `version ${each.published_version}`,
            }))}
          />
        </Field>
        <Field label="Dataset" required error={errorOf('dataset_id') && 'Choose a dataset.'}>
          <Select
            value={datasetId}
            placeholder="Choose a dataset"
            onValueChange={(id) => draft.chooseDataset({ id })}
            options={(datasets.data ?? []).map((each) => ({
              value: each.id,
              label: each.name,
              hint: `${each.rows.toLocaleString('en')} rows`,
            }))}
          />
        </Field>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="small" icon={<Plus aria-hidden className="size-4" />} onClick={() => setIsAdding(true)}>
          New dataset
        </Button>
        {datasets.data?.length === 0 && <SampleDatasetButton />}
      </div>
      <Suspense>
        {isAdding && (
          <CreateDatasetDialog
            onClose={() => setIsAdding(false)}
            onCreated={(dataset) => {
              draft.chooseDataset(dataset);
              setIsAdding(false);
            }}
          />
        )}
      </Suspense>
    </section>
  );
}

import type { InputField, WorkflowSummary } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../../../api-client.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWhileShown } from '../../../use-while-shown.ts';
import { workflowVersionQuery } from '../workflow-queries.ts';
import { type CreatedBatch, createTasks } from './create-tasks.ts';
import { CsvFields, type CsvRows } from './csv-fields.tsx';
import { createIdempotencyKeys } from './idempotency-key.ts';
import { InputForm } from './input-form.tsx';
import { JsonFields } from './json-fields.tsx';
import { type FormTexts, readForm, readTasks } from './read-tasks.ts';
import { RefusedRows } from './refused-rows.tsx';

const formId = 'run-workflow';
type Way = 'form' | 'json' | 'csv';

export interface RunDialogProps {
  readonly workflow: Pick<WorkflowSummary, 'id' | 'name' | 'published_version' | 'state'>;
  readonly onClose: () => void;
}

/** Runs the published version on one row by hand, on pasted JSON, or on a CSV. */
export default function RunDialog({ workflow, onClose }: RunDialogProps) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const version = useQuery(workflowVersionQuery(workflow.id, workflow.published_version ?? 1));
  const start = version.data?.graph.steps.find((step) => step.kind === 'start');
  const fields: readonly InputField[] = start?.kind === 'start' ? start.config.fields : [];
  const [way, setWay] = useState<Way>('form');
  const [texts, setTexts] = useState<FormTexts>({});
  const [json, setJson] = useState('');
  const [csv, setCsv] = useState<CsvRows | null>(null);
  const [rows, setRows] = useState<'all' | 'valid'>('all');
  const [isTried, setIsTried] = useState(false);
  const [created, setCreated] = useState<CreatedBatch | null>(null);
  const form = readForm(fields, texts);
  const pasted = readTasks(json);

  const [keyOf] = useState(createIdempotencyKeys);

  const openBatch = (batchId: string) => navigate({ to: '/batches/$id', params: { id: batchId } });
  const run = useMutation({
    mutationFn: (job: { readonly content: Parameters<typeof createTasks>[0]['content']; readonly name: string }) =>
      createTasks({ workflowId: workflow.id, ...job, rows, idempotencyKey: keyOf([job, rows]) }),
    onSuccess: async (done) => {
      await queryClient.invalidateQueries({ queryKey: ['batches'] });
      if (done.refused.length > 0) setCreated(done);
      else await whileShown(() => openBatch(done.batch.id));
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsTried(true);
    if (way === 'form' && Object.keys(form.errors).length === 0) run.mutate({ content: [{ input: form.input }], name: '' });
    if (way === 'json' && pasted.tasks) run.mutate({ content: pasted.tasks, name: '' });
    if (way === 'csv' && csv && !csv.preview.error) run.mutate({ content: csv.text, name: csv.fileName });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      {...(created === null && { discards: 'The rows are not kept, and nothing is run.' })}
      title={`Run ${workflow.name}`}
      description={`Version ${workflow.published_version}`}
      width="large"
      footer={
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            {created ? 'Close' : 'Cancel'}
          </Button>
          {created ? (
            <Button variant="primary" onClick={() => void openBatch(created.batch.id)}>
              Open the batch
            </Button>
          ) : (
            <Button
              variant="primary"
              type="submit"
              form={formId}
              pending={run.isPending}
              unavailable={version.data ? null : 'The version is being read.'}
            >
              Run
            </Button>
          )}
        </div>
      }
    >
      {workflow.state === 'paused' && <Alert tone="warn" title="The pipeline is paused: tasks are taken, and run once it is resumed." />}
      <ProblemAlert error={version.error} />
      {version.isPending && <Skeleton className="h-40" />}
      {created && <RefusedRows refused={created.refused} taken={created.batch.total} />}
      {version.data && !created && (
        <form id={formId} onSubmit={submit} noValidate className="space-y-4">
          <Segmented
            label="Rows from"
            value={way}
            onValueChange={(next) => {
              setWay(next);
              setIsTried(false);
              run.reset();
            }}
            options={[
              { value: 'form', label: 'Form' },
              { value: 'json', label: 'JSON' },
              { value: 'csv', label: 'CSV' },
            ]}
          />
          <ProblemAlert error={run.error} />
          {run.error instanceof ApiProblem && run.error.errors.length > 0 && (
            <ul aria-label="Rows that were refused" className="max-h-40 list-disc overflow-y-auto pl-5 text-[13px] text-bad">
              {run.error.errors.map((each) => (
                <li key={`${each.field} ${each.message}`}>
                  {each.field}: {each.message}
                </li>
              ))}
            </ul>
          )}
          {way === 'form' && <InputForm fields={fields} texts={texts} errors={isTried ? form.errors : {}} onChange={setTexts} />}
          {way === 'json' && (
            <JsonFields
              fields={fields}
              text={json}
              count={pasted.tasks?.length ?? null}
              error={isTried ? pasted.error : null}
              onChange={setJson}
            />
          )}
          {way === 'csv' && <CsvFields fields={fields} csv={csv} isTried={isTried} onChange={setCsv} />}
          {way !== 'form' && (
            <Segmented
              label="When a row is wrong"
              value={rows}
              onValueChange={setRows}
              options={[
                { value: 'all', label: 'Take all rows or none' },
                { value: 'valid', label: 'Take the valid rows' },
              ]}
            />
          )}
        </form>
      )}
    </Dialog>
  );
}

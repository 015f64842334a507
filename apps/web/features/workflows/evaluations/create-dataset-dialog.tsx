import type { Dataset } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { useWhileShown } from '../../../use-while-shown.ts';
import { FileInput } from '../file-input.tsx';
import { checkDatasetText, createDataset } from './create-dataset.ts';
import { datasetsQuery } from './evaluation-queries.ts';

const formId = 'create-dataset';
const help = {
  csv: 'A header line, then one row a line. Columns expected.… are what is expected, such as expected.label; all others are inputs.',
  json: 'A list of rows: [{"input": {"ticket": "…"}, "expected": {"label": "bug"}}]',
} as const;

export interface CreateDatasetDialogProps {
  readonly onClose: () => void;
  readonly onCreated: (dataset: Dataset) => void;
}

/** A name, and rows from a file or from the clipboard. */
export default function CreateDatasetDialog({ onClose, onCreated }: CreateDatasetDialogProps) {
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const [name, setName] = useState('');
  const [format, setFormat] = useState<'csv' | 'json'>('csv');
  const [text, setText] = useState('');
  const [isTried, setIsTried] = useState(false);
  const create = useMutation({
    mutationFn: () => createDataset(name.trim(), format, text),
    onSuccess: async (dataset) => {
      await queryClient.invalidateQueries({ queryKey: datasetsQuery.queryKey });
      whileShown(() => onCreated(dataset));
    },
  });
  const fault = checkDatasetText(format, text);
  const refusedRows = create.error instanceof ApiProblem ? create.error.errors.filter(({ field }) => field.startsWith('rows.')) : [];

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsTried(true);
    if (name.trim() !== '' && fault === null) create.mutate();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      discards="No dataset is made."
      title="New dataset"
      description="Up to 5,000 rows. They never change, so that what was measured with them stays true."
      footer={
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={formId} pending={create.isPending}>
            Create
          </Button>
        </div>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="space-y-4">
        <ProblemAlert error={create.error} />
        {refusedRows.length > 0 && (
          <ul className="max-h-32 overflow-y-auto text-[13px] text-bad">
            {refusedRows.map(({ field, message }) => (
              <li key={field}>
                Row {field.slice('rows.'.length)}: {message}
              </li>
            ))}
          </ul>
        )}
        <Field label="Name" required error={isTried && name.trim() === '' ? 'Required' : null}>
          <Input
            value={name}
            maxLength={120}
            placeholder="Tickets of October"
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Segmented
          label="Format"
          value={format}
          onValueChange={setFormat}
          options={[
            { value: 'csv', label: 'CSV' },
            { value: 'json', label: 'JSON' },
          ]}
        />
        <Field label={format === 'csv' ? 'CSV file' : 'JSON file'} help={help[format]}>
          <FileInput
            key={format}
            accept={format === 'csv' ? '.csv,text/csv' : '.json,application/json'}
            onText={(read, fileName) => {
              setText(read);
              setName((now) => (now.trim() === '' ? fileName.replace(/\.[^.]+$/, '') : now));
            }}
          />
        </Field>
        <Field label="Rows" required error={isTried ? fault : null}>
          <Textarea
            rows={6}
            spellCheck={false}
            value={text}
            className="font-mono text-xs"
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}

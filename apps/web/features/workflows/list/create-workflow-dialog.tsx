import { createWorkflowBodySchema, type Graph, routes } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RadioCards } from '../../../ui/radio-cards.tsx';
import { useWhileShown } from '../../../use-while-shown.ts';
import { FileInput } from '../file-input.tsx';
import { stepModelsQuery } from '../workflow-queries.ts';
import { type ReadExport, readExport } from './read-export.ts';
import { starters } from './starters/starters.ts';

const formId = 'create-workflow';
const beginnings = [
  ...starters.map(({ value, title, description }) => ({ value, title, description })),
  { value: 'import' as const, title: 'Import', description: 'An exported JSON file' },
];
type Beginning = (typeof beginnings)[number]['value'];

/** A name, and a graph to start from. */
export default function CreateWorkflowDialog({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const whileShown = useWhileShown();
  const queryClient = useQueryClient();
  // Asked for at once: it is needed when a pipeline is made.
  useQuery(stepModelsQuery([]));
  const [name, setName] = useState('');
  const [beginning, setBeginning] = useState<Beginning>('empty');
  const [imported, setImported] = useState<ReadExport | null>(null);
  const [isTried, setIsTried] = useState(false);
  const create = useMutation({
    mutationFn: async () => {
      const graph = imported?.graph && beginning === 'import' ? imported.graph : await makeGraph();
      return callApi(routes.createWorkflow, { body: { name: name.trim(), graph } });
    },
    onSuccess: (workflow) => whileShown(() => navigate({ to: '/workflows/$id', params: { id: workflow.id } })),
  });
  const named = createWorkflowBodySchema.shape.name.safeParse(name);

  /** Its steps ask the default model, however late that is known. */
  async function makeGraph(): Promise<Graph> {
    const models = await queryClient.ensureQueryData(stepModelsQuery([]));
    const model = models.find((each) => each.is_default && each.active)?.slug ?? null;
    return (starters.find((starter) => starter.value === beginning) ?? starters[0]).make(model);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsTried(true);
    if (named.success && (beginning !== 'import' || imported?.graph)) create.mutate();
  }

  function read(text: string) {
    const next = readExport(text);
    setImported(next);
    const found = next.graph && next.name;
    if (found) setName((now) => (now.trim() === '' ? found : now));
  }

  return (
    <Dialog
      open
      onClose={onClose}
      discards="No pipeline is made."
      title="New pipeline"
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
      <form id={formId} onSubmit={submit} noValidate className="space-y-5">
        <ProblemAlert error={create.error} />
        <Field label="Name" required error={isTried && !named.success ? (named.error.issues[0]?.message ?? 'Required') : null}>
          <Input value={name} maxLength={120} placeholder="Support triage" autoFocus onChange={(event) => setName(event.target.value)} />
        </Field>
        <RadioCards label="Start from" columns={2} value={beginning} onValueChange={setBeginning} options={beginnings} />
        {beginning === 'import' && (
          <Field
            label="Exported file"
            required
            error={imported?.error ?? (isTried && !imported ? 'Choose a file.' : null)}
            help={imported?.graph ? `${imported.graph.steps.length} steps` : null}
          >
            <FileInput accept=".json,application/json" onText={read} />
          </Field>
        )}
      </form>
    </Dialog>
  );
}

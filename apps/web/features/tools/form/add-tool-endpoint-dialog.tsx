import type { ToolEndpointDetail } from '@pipelines/contracts';
import { Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { FormProvider } from 'react-hook-form';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { AddressFields, KindField } from './endpoint-fields.tsx';
import { FoundTools } from './found-tools.tsx';
import { ToolCredentialFields } from './tool-credential-fields.tsx';
import { useAddToolEndpoint } from './use-add-tool-endpoint.ts';

export interface AddToolEndpointDialogProps {
  readonly onClose: () => void;
  readonly onCreated: (endpoint: ToolEndpointDetail) => void;
}

/** Add a tool endpoint: connect, see what it offers, save. Leaving with typed content asks first. */
export default function AddToolEndpointDialog({ onClose, onCreated }: AddToolEndpointDialogProps) {
  const [asking, setAsking] = useState(false);
  const story = useAddToolEndpoint(onCreated);
  const { form, look, save, found, saveClosed } = story;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (look.isPending || save.isPending) return;
    if (saveClosed === null) save.mutate();
    else look.mutate();
  }

  return (
    <>
      <Dialog
        open
        onClose={() => (form.formState.isDirty ? setAsking(true) : onClose())}
        title="Add tool endpoint"
        description="Its tools can then be bound to the LLM steps of your pipelines."
        width="large"
        footer={
          <div className="grid gap-3">
            <ProblemAlert error={save.error ?? look.error} />
            <div aria-live="polite" className="min-h-5">
              <LookResult story={story} />
            </div>
            <div className="flex flex-wrap justify-end gap-2">
              <Button variant="ghost" onClick={() => (form.formState.isDirty ? setAsking(true) : onClose())}>
                Cancel
              </Button>
              <Button icon={<Search aria-hidden className="size-4" />} pending={look.isPending} onClick={() => look.mutate()}>
                Find tools
              </Button>
              <Button variant="primary" pending={save.isPending} unavailable={saveClosed} onClick={() => save.mutate()}>
                Save
              </Button>
            </div>
          </div>
        }
      >
        <FormProvider {...form}>
          <form noValidate onSubmit={submit} className="grid gap-5" autoComplete="off">
            <KindField />
            <Field label="Name" required error={form.formState.errors.name?.message}>
              <Input placeholder="Weather" maxLength={80} {...form.register('name')} />
            </Field>
            <AddressFields />
            <ToolCredentialFields />
            {found?.passed && <FoundTools tools={found.tools} leftOut={found.left_out} disabled={story.disabled} onToggle={story.toggle} />}
            <button type="submit" hidden />
          </form>
        </FormProvider>
      </Dialog>
      <ConfirmDialog
        open={asking}
        title="Discard this tool endpoint?"
        action="Discard"
        danger
        onConfirm={onClose}
        onCancel={() => setAsking(false)}
      >
        What you have typed, secrets included, is not saved.
      </ConfirmDialog>
    </>
  );
}

function LookResult({ story: { found, wasChanged } }: { readonly story: ReturnType<typeof useAddToolEndpoint> }) {
  if (wasChanged) {
    return (
      <Alert live={false} tone="info" title="Settings changed since the last look">
        Find the tools again to enable Save.
      </Alert>
    );
  }
  if (found === null) return <p className="text-[13px] text-muted">Find its tools to enable Save.</p>;
  return (
    <Alert live={false} tone={found.passed ? 'ok' : 'bad'} title={found.message}>
      {found.fix}
    </Alert>
  );
}

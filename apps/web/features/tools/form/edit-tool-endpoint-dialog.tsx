import { routes, type ToolEndpointDetail } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { callApi } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useWhileShown } from '../../../use-while-shown.ts';
import { AddressFields } from './endpoint-fields.tsx';
import { showToolProblem } from './show-tool-problem.ts';
import { ToolCredentialFields } from './tool-credential-fields.tsx';
import { type ToolFormValues, toolFormOf, updateBody } from './tool-form.ts';

export interface EditToolEndpointDialogProps {
  readonly endpoint: ToolEndpointDetail;
  readonly onClose: () => void;
  /** With a connection that is another one than before. */
  readonly onMoved: () => void;
}

/** Editing is not gated on a look: a changed connection is refreshed once it is saved. */
export default function EditToolEndpointDialog({ endpoint: given, onClose, onMoved }: EditToolEndpointDialogProps) {
  // As it was opened: what somebody else changes meanwhile is no edit made here, and stays.
  const [endpoint] = useState(given);
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const form = useForm<ToolFormValues>({ defaultValues: toolFormOf(endpoint) });
  const save = useMutation({
    mutationFn: () => callApi(routes.updateToolEndpoint, { params: { id: endpoint.id }, body: updateBody(form.getValues(), endpoint) }),
    onSuccess: async (changed) => {
      await queryClient.invalidateQueries({ queryKey: ['tool-endpoints'] });
      whileShown(onClose);
      if (changed.last_refresh === null) onMoved();
    },
    onError: (error) => void (showToolProblem(form, error) && save.reset()),
  });
  const keepsAuth = form.watch('auth_kind') === endpoint.auth_kind && form.watch('url') === endpoint.url;

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (save.isPending) return;
    form.clearErrors();
    save.mutate();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      discards="The tool endpoint stays as it was."
      title={`Edit ${endpoint.name}`}
      width="large"
      footer={
        <div className="grid gap-3">
          <ProblemAlert error={save.error} />
          <div className="flex justify-end gap-2">
            <Button variant="ghost" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" pending={save.isPending} onClick={() => submit()}>
              Save
            </Button>
          </div>
        </div>
      }
    >
      <FormProvider {...form}>
        <form noValidate onSubmit={submit} className="grid gap-5" autoComplete="off">
          <Field label="Name" required error={form.formState.errors.name?.message}>
            <Input maxLength={80} {...form.register('name')} />
          </Field>
          <AddressFields keepsDocument={endpoint.kind === 'http' && endpoint.document_url === null} />
          <ToolCredentialFields stored={keepsAuth ? endpoint.credential_preview : null} />
          <button type="submit" hidden />
        </form>
      </FormProvider>
    </Dialog>
  );
}

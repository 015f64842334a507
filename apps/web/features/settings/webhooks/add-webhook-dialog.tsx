import { zodResolver } from '@hookform/resolvers/zod';
import { type CreatedWebhook, createWebhookBodySchema, routes } from '@pipelines/contracts';
import { useForm } from 'react-hook-form';
import { callApi } from '../../../api-client.ts';
import { showProblemInForm } from '../../../show-problem-in-form.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';

const formId = 'add-webhook';

export interface AddWebhookDialogProps {
  readonly onCreated: (webhook: CreatedWebhook) => Promise<void>;
  readonly onClose: () => void;
}

export function AddWebhookDialog({ onCreated, onClose }: AddWebhookDialogProps) {
  const form = useForm({ resolver: zodResolver(createWebhookBodySchema), defaultValues: { url: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      await onCreated(await callApi(routes.createWebhook, { body }));
    } catch (error) {
      showProblemInForm(form, error);
    }
  });
  return (
    <Dialog
      open
      onClose={onClose}
      discards="No webhook is added."
      title="Add webhook"
      footer={
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={formId} pending={isSubmitting}>
            Add
          </Button>
        </div>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="space-y-4">
        {errors.root?.message && <Alert tone="bad" title={errors.root.message} />}
        <Field
          label="Address"
          required
          error={errors.url?.message}
          help="Messages are signed, so that it needs no secret in it. Admins see it."
        >
          <Input mono autoFocus placeholder="https://alerts.example.com/pipelines" {...form.register('url')} />
        </Field>
      </form>
    </Dialog>
  );
}

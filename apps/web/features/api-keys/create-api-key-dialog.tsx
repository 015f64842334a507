import { routes } from '@pipelines/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../api-client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { expiryDate } from './api-key-state.ts';
import { CreateApiKeyForm, type CreateApiKeyValues, createApiKeyFormId } from './create-api-key-form.tsx';
import { NewKey } from './new-key.tsx';
import { apiKeysQuery } from './use-api-keys.ts';

/** Makes a key and shows it once. The key lives in this dialog only: it is in no cache, and gone when it closes. */
export default function CreateApiKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const queryClient = useQueryClient();
  const [created, setCreated] = useState<{ readonly key: string; readonly model: string | null } | null>(null);
  const [pending, setPending] = useState(false);

  async function create(values: CreateApiKeyValues) {
    setPending(true);
    try {
      const { key } = await callApi(routes.createApiKey, {
        body: {
          name: values.name,
          role: values.role,
          on_unsupported: values.on_unsupported,
          allowed_models: values.allowed_models.length > 0 ? values.allowed_models : null,
          expires_at: expiryDate(values.expiry, Date.now()),
        },
      });
      setCreated({ key, model: values.allowed_models[0] ?? null });
      await queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
    } finally {
      setPending(false);
    }
  }

  if (created) {
    return (
      <Dialog
        open
        isOnce
        onClose={onClose}
        title="Your new API key"
        footer={
          <div className="flex justify-end">
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        }
      >
        <NewKey apiKey={created.key} model={created.model} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      // The key is shown only here: whoever leaves before it has come would never see it.
      onClose={() => !pending && onClose()}
      discards="No API key is made."
      title="Create API key"
      description="For one program: a key of its own can be revoked on its own."
      footer={
        <div className="flex justify-end gap-2">
          <Button variant="ghost" unavailable={pending ? 'The key is being made.' : null} onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={createApiKeyFormId} pending={pending}>
            Create
          </Button>
        </div>
      }
    >
      <CreateApiKeyForm onSubmit={create} />
    </Dialog>
  );
}

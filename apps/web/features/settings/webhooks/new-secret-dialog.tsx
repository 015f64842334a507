import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';

/** The secret that signs, this once. It lives in this dialog only, and in no cache. */
export function NewSecretDialog({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  return (
    <Dialog
      open
      isOnce
      onClose={onClose}
      title="The secret of the webhook"
      footer={
        <div className="flex justify-end">
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      }
    >
      <div className="space-y-4">
        <Alert tone="warn" title="Copy it now: it is not shown again.">
          Give it to the receiver, which then knows that a message is ours: libraries for Standard Webhooks check it.
        </Alert>
        <div className="flex items-end gap-2">
          <Field label="Signing secret" className="min-w-0 flex-1">
            <Input mono readOnly value={secret} onFocus={(event) => event.target.select()} />
          </Field>
          <CopyButton text={secret} what="signing secret" />
        </div>
      </div>
    </Dialog>
  );
}

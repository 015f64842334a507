import type { Credential, Model, Provider } from '@pipelines/contracts';
import { PlugZap } from 'lucide-react';
import { type FormEvent, useEffect } from 'react';
import { FormProvider } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { CredentialFields } from '../connection-form/credential-fields.tsx';
import { DestinationFields } from '../connection-form/destination-fields.tsx';
import { PriceFields } from '../connection-form/price-fields.tsx';
import { ProviderModelField } from '../connection-form/provider-model-field.tsx';
import { CapabilityFields, DisplayNameField, MaxTokensField } from '../connection-form/settings-fields.tsx';
import { TestResult } from '../connection-form/test-result.tsx';
import { useListedModels } from '../connection-form/use-listed-models.ts';
import { EditImpact } from '../impact/edit-impact.tsx';
import { StoredCredential } from './stored-credential.tsx';
import { useEditModel } from './use-edit-model.ts';

export interface EditModelFormProps {
  readonly model: Model;
  readonly provider: Provider;
  readonly saved: readonly Credential[];
  readonly onDirtyChange: (isDirty: boolean) => void;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

export function EditModelForm({ model, provider, saved, onDirtyChange, onSaved, onClose }: EditModelFormProps) {
  const story = useEditModel(model, provider, onSaved);
  const { form, test } = story;
  const { listed, ask } = useListedModels(provider, form.getValues);
  const { isDirty } = form.formState;
  useEffect(() => onDirtyChange(isDirty), [isDirty, onDirtyChange]);
  const result = test.state.phase === 'done' && test.state.key === story.key ? test.state.test : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    void story.save();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Edit ${model.display_name}`}
      description={`${provider.name}. The slug ${model.slug} never changes.`}
      width="large"
      footer={
        <div className="grid gap-3">
          <ProblemAlert error={story.saveError} />
          <EditImpact impact={story.impact} />
          <TestResult
            state={test.state}
            currentKey={story.key}
            idleText="Saving needs no test here. A changed connection is marked untested until one passes."
            passedText={null}
            onApply={(fix) => void story.applyFix(fix)}
            onCancel={test.cancel}
          />
          <div className="flex flex-wrap justify-end gap-2">
            <Button variant="ghost" onClick={onClose}>
              Cancel
            </Button>
            <Button
              icon={<PlugZap aria-hidden className="size-4" />}
              pending={test.state.phase === 'running'}
              onClick={() => void story.runTest()}
            >
              Test connection
            </Button>
            <Button
              variant={story.impact?.effect === 'breaks' ? 'danger' : 'primary'}
              pending={story.isSaving}
              onClick={() => void story.save()}
            >
              {story.impact?.effect === 'breaks' ? 'Save anyway' : 'Save changes'}
            </Button>
          </div>
        </div>
      }
    >
      <FormProvider {...form}>
        <form noValidate onSubmit={submit} className="grid gap-5" autoComplete="off">
          <div className="grid gap-4 sm:grid-cols-2">
            <DisplayNameField slug={null} />
            <ProviderModelField provider={provider} listed={listed} onFocus={() => void ask()} />
          </div>
          <DestinationFields provider={provider} />
          {story.isReplacing ? (
            <div className="grid gap-3">
              <CredentialFields
                provider={provider}
                saved={saved}
                {...(story.mustReplace ? { help: 'The destination changed: a stored credential only goes where it was entered for.' } : {})}
              />
              {!story.mustReplace && (
                <div>
                  <Button size="small" variant="ghost" onClick={story.keepStored}>
                    Keep the stored credentials
                  </Button>
                </div>
              )}
            </div>
          ) : (
            <StoredCredential model={model} onReplace={story.startReplacing} />
          )}
          {model.task === 'chat' && <CapabilityFields seen={result?.capabilities_seen ?? null} />}
          <div className="grid gap-4 sm:grid-cols-3">
            {model.task === 'chat' && <MaxTokensField seen={result?.max_tokens_seen ?? null} />}
            <PriceFields suggested={null} />
          </div>
          <button type="submit" hidden />
        </form>
      </FormProvider>
    </Dialog>
  );
}

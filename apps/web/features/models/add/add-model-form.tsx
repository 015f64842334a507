import type { Credential, Model, Probe, Provider } from '@pipelines/contracts';
import { PlugZap } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { FormProvider } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { CredentialFields } from '../connection-form/credential-fields.tsx';
import { DestinationFields } from '../connection-form/destination-fields.tsx';
import { connectionBody } from '../connection-form/form-bodies.ts';
import { PriceFields } from '../connection-form/price-fields.tsx';
import { readPrice } from '../connection-form/price-values.ts';
import { ProviderModelField } from '../connection-form/provider-model-field.tsx';
import { ProviderPicker } from '../connection-form/provider-picker.tsx';
import { ReuseOffer } from '../connection-form/reuse-offer.tsx';
import { CapabilityFields, DisplayNameField, MaxTokensField, TaskField } from '../connection-form/settings-fields.tsx';
import { TestResult } from '../connection-form/test-result.tsx';
import { useListedModels } from '../connection-form/use-listed-models.ts';
import { useSlugPreview } from '../connection-form/use-slug-preview.ts';
import { DraftProbe } from '../probe/draft-probe.tsx';
import { useAddModel } from './use-add-model.ts';

export interface AddModelFormProps {
  readonly providers: readonly Provider[];
  readonly saved: readonly Credential[];
  readonly onDirtyChange: (isDirty: boolean) => void;
  readonly onClose: () => void;
  readonly onCreated: (model: Model) => void;
}

const formId = 'add-model';

export function AddModelForm({ providers, saved, onDirtyChange, onClose, onCreated }: AddModelFormProps) {
  const story = useAddModel(providers, onCreated);
  const { form, provider, test, suggested } = story;
  const { listed, ask } = useListedModels(provider, form.getValues);
  const chats = form.watch('task') === 'chat';
  const slug = useSlugPreview(form.watch('display_name'));
  const { isDirty } = form.formState;
  const [measured, setMeasured] = useState<{ readonly probe: Probe; readonly key: string } | null>(null);
  useEffect(() => onDirtyChange(isDirty), [isDirty, onDirtyChange]);
  const result = test.state.phase === 'done' && test.state.key === story.key ? test.state.test : null;
  const reusable = result?.reusable_credential ?? null;

  function submit(event: FormEvent) {
    event.preventDefault();
    void (story.saveClosed === null ? story.save() : story.runTest());
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title="Add custom model"
      description="Call a provider directly with your own credentials."
      width="large"
      initialFocus={() => document.querySelector<HTMLElement>(`#${formId} [role="radio"][aria-checked="true"]`)}
      footer={
        <div className="grid gap-3">
          <ProblemAlert error={story.saveError} />
          {reusable && form.watch(`drafts.${provider.id}.credential_id`) === null && (
            <ReuseOffer credential={reusable} onReuse={() => void story.reuse(reusable.id)} />
          )}
          <TestResult
            state={test.state}
            currentKey={story.key}
            idleText="Run a successful test to enable Save."
            passedText={suggested ? 'Known prices were filled in where the fields were blank. You can change them.' : null}
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
            <Button variant="primary" pending={story.isSaving} unavailable={story.saveClosed} onClick={() => void story.save()}>
              Save model
            </Button>
          </div>
        </div>
      }
    >
      <FormProvider {...form}>
        <form id={formId} noValidate onSubmit={submit} className="grid gap-5" autoComplete="off">
          <ProviderPicker providers={providers} />
          <DestinationFields provider={provider} />
          <CredentialFields provider={provider} saved={saved} />
          <div className="grid gap-4 sm:grid-cols-2">
            <ProviderModelField provider={provider} listed={listed} onFocus={() => void ask()} />
            <DisplayNameField slug={slug} />
          </div>
          <TaskField />
          {chats && (
            <>
              <CapabilityFields seen={result?.capabilities_seen ?? null} probe={measured?.key === story.key ? measured.probe : null} />
              <DraftProbe
                connectionKey={story.key}
                unavailable={story.saveClosed === null ? null : 'Test the connection first: a probe makes many calls.'}
                inputPrice={readPrice(form.watch('input_price'), 'input_price', form.watch('price_unit'))}
                outputPrice={readPrice(form.watch('output_price'), 'output_price', form.watch('price_unit'))}
                body={() => connectionBody(form.getValues(), provider)}
                onMeasured={setMeasured}
              />
            </>
          )}
          <div className="grid gap-4 sm:grid-cols-3">
            {chats && <MaxTokensField seen={result?.max_tokens_seen ?? null} />}
            <PriceFields suggested={suggested} />
          </div>
          <button type="submit" hidden />
        </form>
      </FormProvider>
    </Dialog>
  );
}

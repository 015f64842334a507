import type { ListedModel, Provider } from '@pipelines/contracts';
import { useFormContext } from 'react-hook-form';
import { Autocomplete } from '../../../ui/autocomplete.tsx';
import { Field } from '../../../ui/field.tsx';
import { fieldError } from './field-error.ts';
import type { ModelFormValues } from './form-values.ts';

export interface ProviderModelFieldProps {
  readonly provider: Provider;
  readonly listed: readonly ListedModel[];
  /** Called on focus: the list is only asked for when somebody may need it. */
  readonly onFocus: () => void;
}

/** The model's ID at the provider, with the provider's own list as suggestions. */
export function ProviderModelField({ provider, listed, onFocus }: ProviderModelFieldProps) {
  const { watch, setValue, formState } = useFormContext<ModelFormValues>();
  const path = `drafts.${provider.id}.provider_model_id` as const;
  return (
    <Field label="Provider model ID" required error={fieldError(formState.errors, path)}>
      <Autocomplete
        mono
        value={watch(path)}
        onValueChange={(value) => setValue(path, value, { shouldDirty: true })}
        suggestions={listed.map((model) => ({ value: model.id, hint: model.name === model.id ? null : model.name }))}
        placeholder={provider.provider_model_id_example}
        name={path}
        onFocus={onFocus}
      />
    </Field>
  );
}

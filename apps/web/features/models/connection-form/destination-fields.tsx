import type { Provider } from '@pipelines/contracts';
import { useFormContext } from 'react-hook-form';
import { Autocomplete } from '../../../ui/autocomplete.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { fieldError } from './field-error.ts';
import type { ModelFormValues } from './form-values.ts';

/** Where the provider is, for those that have no fixed address: endpoint URL or AWS region. */
export function DestinationFields({ provider }: { readonly provider: Provider }) {
  const { register, watch, setValue, formState } = useFormContext<ModelFormValues>();
  return provider.fields.map((field) => {
    const path = `drafts.${provider.id}.${field.name as 'base_url' | 'region'}` as const;
    return (
      <Field key={path} label={field.label} required={field.required} help={field.help} error={fieldError(formState.errors, path)}>
        {field.options ? (
          <Autocomplete
            mono
            value={watch(path)}
            onValueChange={(value) => setValue(path, value, { shouldDirty: true })}
            suggestions={field.options.map((value) => ({ value }))}
            placeholder={field.placeholder ?? ''}
            name={path}
          />
        ) : (
          <Input mono inputMode={field.kind === 'url' ? 'url' : 'text'} placeholder={field.placeholder ?? ''} {...register(path)} />
        )}
      </Field>
    );
  });
}

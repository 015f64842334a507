import type { Provider } from '@pipelines/contracts';
import { useFormContext } from 'react-hook-form';
import { RadioCards } from '../../../ui/radio-cards.tsx';
import type { ModelFormValues } from './form-values.ts';

/** Who serves the model. What was typed for another provider stays, unsent, until one comes back to it. */
export function ProviderPicker({ providers }: { readonly providers: readonly Provider[] }) {
  const { watch, setValue } = useFormContext<ModelFormValues>();
  return (
    <RadioCards
      label="Provider"
      columns={3}
      value={watch('provider')}
      onValueChange={(provider) => setValue('provider', provider, { shouldDirty: true })}
      options={providers.map((provider) => ({ value: provider.id, title: provider.name, description: provider.summary }))}
    />
  );
}

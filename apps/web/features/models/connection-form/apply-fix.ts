import { type ApplyFix, capabilities } from '@pipelines/contracts';
import type { UseFormReturn } from 'react-hook-form';
import type { ModelFormValues } from './form-values.ts';

/** Sets the fields and the switches that a failed test suggests. */
export function applyFixToForm(form: UseFormReturn<ModelFormValues>, provider: ModelFormValues['provider'], set: ApplyFix['set']): void {
  for (const name of ['provider_model_id', 'base_url', 'region'] as const) {
    const value = set[name];
    if (value !== undefined) form.setValue(`drafts.${provider}.${name}`, value, { shouldDirty: true });
  }
  for (const name of capabilities) {
    const value = set.capabilities?.[name];
    if (value === undefined) continue;
    form.setValue(`capabilities.${name}`, value, { shouldDirty: true });
    // The shape of a thinking step that is off is no setting.
    if (name === 'reasoning' && !value) form.setValue('reasoning_parameter', null, { shouldDirty: true });
  }
  if (set.reasoning_parameter !== undefined && form.getValues('capabilities.reasoning')) {
    form.setValue('reasoning_parameter', set.reasoning_parameter, { shouldDirty: true });
  }
}

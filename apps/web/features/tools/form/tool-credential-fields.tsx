import { Plus, X } from 'lucide-react';
import { Controller, useFieldArray, useFormContext } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { PasswordInput } from '../../../ui/password-input.tsx';
import { Select } from '../../../ui/select.tsx';
import { toolAuthNames } from '../tool-kind-names.ts';
import type { ToolFormValues } from './tool-form.ts';

const encrypted = 'Encrypted at rest. Only a masked preview is ever shown again.';

/** `stored`: the masked preview of the saved credential, which empty fields keep. */
export function ToolCredentialFields({ stored = null }: { readonly stored?: string | null }) {
  const { control, register, watch, formState } = useFormContext<ToolFormValues>();
  const { errors } = formState;
  const authKind = watch('auth_kind');
  const help = stored === null ? encrypted : `Empty keeps ${stored}, for the same address only.`;
  return (
    <div className="space-y-4">
      <Controller
        control={control}
        name="auth_kind"
        render={({ field }) => (
          <Field label="Credential">
            <Select
              value={field.value}
              onValueChange={field.onChange}
              options={(['none', 'bearer', 'headers'] as const).map((value) => ({ value, label: toolAuthNames[value] }))}
            />
          </Field>
        )}
      />
      {authKind === 'bearer' && (
        <Field label="Token" required={stored === null} help={help} error={errors.token?.message}>
          <PasswordInput mono {...register('token')} />
        </Field>
      )}
      {authKind === 'headers' && <HeaderFields help={help} error={errors.headers?.message ?? errors.headers?.root?.message} />}
    </div>
  );
}

function HeaderFields({ help, error }: { readonly help: string; readonly error: string | undefined }) {
  const { control, register } = useFormContext<ToolFormValues>();
  const { fields, append, remove } = useFieldArray({ control, name: 'headers' });
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1.5 font-medium text-[13px]">Headers</legend>
      {fields.map((row, index) => (
        <div key={row.id} className="flex items-start gap-2">
          <Input mono aria-label={`Header ${index + 1} name`} placeholder="X-Api-Key" {...register(`headers.${index}.name`)} />
          <div className="w-full">
            <PasswordInput mono aria-label={`Header ${index + 1} value`} {...register(`headers.${index}.value`)} />
          </div>
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove header ${index + 1}`}
            icon={<X className="size-4" />}
            onClick={() => remove(index)}
          />
        </div>
      ))}
      {error && <p className="text-[13px] text-bad">{error}</p>}
      <Button size="small" icon={<Plus aria-hidden className="size-3.5" />} onClick={() => append({ name: '', value: '' })}>
        Add a header
      </Button>
      <p className="text-muted text-xs">{help}</p>
    </fieldset>
  );
}

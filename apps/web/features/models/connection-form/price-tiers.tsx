import { Plus, X } from 'lucide-react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { fieldError } from './field-error.ts';
import type { ModelFormValues } from './form-values.ts';
import { noPrices, type TokenPriceName } from './price-values.ts';

const columns: readonly { readonly name: TokenPriceName; readonly label: string }[] = [
  { name: 'input_price', label: 'Input' },
  { name: 'output_price', label: 'Output' },
  { name: 'cache_read_price', label: 'Cached read' },
  { name: 'cache_write_price', label: 'Cache write' },
  { name: 'reasoning_price', label: 'Reasoning' },
  { name: 'audio_input_price', label: 'Audio input' },
  { name: 'audio_output_price', label: 'Audio output' },
  { name: 'audio_cache_read_price', label: 'Cached audio' },
];
const maxTiers = 10;
const blankPrices = Object.fromEntries(columns.map(({ name }) => [name, noPrices[name]])) as Record<TokenPriceName, string>;

/** Other prices for long prompts: of the whole call, from so many tokens on. */
export function PriceTiers({ unit }: { readonly unit: string }) {
  const { control, register, formState } = useFormContext<ModelFormValues>();
  const { fields, append, remove } = useFieldArray({ control, name: 'tiers' });
  const blank = { above: '', ...blankPrices };
  return (
    <fieldset className="grid gap-3 sm:col-span-3">
      <legend className="mb-1.5 font-medium text-[13px]">Long prompts</legend>
      {fields.length === 0 && <p className="text-[13px] text-muted">Every prompt costs the same, however long.</p>}
      {fields.map((field, index) => (
        <div key={field.id} className="grid items-start gap-3 rounded-lg border border-line p-3 sm:grid-cols-3">
          <Field
            label={`Tier ${index + 1}: above, tokens`}
            error={fieldError(formState.errors, `tiers.${index}.above`)}
            help="Of the prompt, cached ones included"
          >
            <Input inputMode="numeric" placeholder="200000" {...register(`tiers.${index}.above`)} />
          </Field>
          {columns.map(({ name, label }) => (
            <Field
              key={name}
              label={`Tier ${index + 1}: ${label} $ ${unit}`}
              error={fieldError(formState.errors, `tiers.${index}.${name}`)}
              help="Blank: as without the tier"
            >
              <Input inputMode="decimal" placeholder="as before" {...register(`tiers.${index}.${name}`)} />
            </Field>
          ))}
          <div className="sm:col-span-3">
            <Button size="small" variant="ghost" icon={<X aria-hidden className="size-3.5" />} onClick={() => remove(index)}>
              Remove tier {index + 1}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button
          size="small"
          icon={<Plus aria-hidden className="size-3.5" />}
          unavailable={fields.length < maxTiers ? null : 'Ten tiers are the most.'}
          onClick={() => append(blank)}
        >
          Add a tier
        </Button>
      </div>
    </fieldset>
  );
}

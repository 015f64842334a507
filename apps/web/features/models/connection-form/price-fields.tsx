import type { PriceSource, SuggestedPrices } from '@pipelines/contracts';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { compareDecimals, formatUsd, perTokenFromMillion, pricePerMillion, shiftDecimal } from '../../../ui/decimal-text.ts';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { fieldError } from './field-error.ts';
import type { ModelFormValues } from './form-values.ts';

type PriceField = 'input_price' | 'output_price';
const priceFields: readonly { readonly name: PriceField; readonly label: string }[] = [
  { name: 'input_price', label: 'Input $ per 1M' },
  { name: 'output_price', label: 'Output $ per 1M' },
];

/** Above this, a price per 1M tokens is more likely a slip of the unit than a price. */
const doubtfulPerMillion = '1000';

const sourceNames: Record<PriceSource, string> = {
  provider: "the provider's list",
  'genai-prices': 'genai-prices',
  snapshot: 'the snapshot of this release',
  manual: 'you',
};

export function PriceFields({ suggested }: { readonly suggested: SuggestedPrices | null }) {
  const { register, watch, setValue, formState } = useFormContext<ModelFormValues>();
  const [kept, setKept] = useState<Partial<Record<PriceField, string>>>({});
  const doubtful = priceFields.filter(({ name }) => isDoubtful(watch(name)) && kept[name] !== watch(name));
  return (
    <>
      {priceFields.map(({ name, label }) => {
        const isSuggested = suggested !== null && watch(name) !== '' && watch(name) === suggestedText(suggested, name);
        return (
          <Field
            key={name}
            label={label}
            error={fieldError(formState.errors, name)}
            help={isSuggested ? `Suggested by ${describeSource(suggested)}` : 'Blank: cost stays unknown'}
          >
            <Input inputMode="decimal" placeholder="unknown" {...register(name)} />
          </Field>
        );
      })}
      {doubtful.map(({ name, label }) => (
        <div key={name} className="sm:col-span-3">
          <Alert
            tone="warn"
            title={`${label}: per token or per million?`}
            action={
              <div className="flex flex-wrap gap-2">
                <Button size="small" onClick={() => setKept({ ...kept, [name]: watch(name) })}>
                  Keep {formatUsd(cleaned(watch(name)))} per 1M
                </Button>
                <Button
                  size="small"
                  onClick={() => {
                    const perMillion = pricePerMillion(cleaned(watch(name)));
                    setKept({ ...kept, [name]: perMillion });
                    setValue(name, perMillion, { shouldDirty: true });
                  }}
                >
                  It was per token
                </Button>
              </div>
            }
          >
            {formatUsd(cleaned(watch(name)))} for a million tokens is more than models cost.
          </Alert>
        </div>
      ))}
    </>
  );
}

function cleaned(typed: string): string {
  const perToken = perTokenFromMillion(typed);
  return perToken === null ? '0' : shiftDecimal(perToken, 6);
}

function isDoubtful(typed: string): boolean {
  return perTokenFromMillion(typed) !== null && compareDecimals(cleaned(typed), doubtfulPerMillion) > 0;
}

function describeSource({ source, dated }: SuggestedPrices): string {
  return dated === null ? sourceNames[source] : `${sourceNames[source]}, ${dated}`;
}

/** A suggested price as the form shows it. */
export function suggestedText(suggested: SuggestedPrices, name: PriceField): string {
  return pricePerMillion(name === 'input_price' ? suggested.input_cost_per_token : suggested.output_cost_per_token);
}

/** Where the prices of the form come from: the suggestion when both still stand as suggested, otherwise a person. */
export function priceSourceOf(values: Pick<ModelFormValues, PriceField>, suggested: SuggestedPrices | null): PriceSource {
  const untouched = suggested !== null && priceFields.every(({ name }) => values[name] === suggestedText(suggested, name));
  return untouched ? suggested.source : 'manual';
}

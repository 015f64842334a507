import type { SuggestedPrices } from '@pipelines/contracts';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { priceSourceNames } from '../../../ui/price-source-names.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { fieldError } from './field-error.ts';
import type { ModelFormValues } from './form-values.ts';
import { PriceDoubt } from './price-doubt.tsx';
import { PriceTiers } from './price-tiers.tsx';
import { changeUnit, fieldOfPrice, type PriceName, type PriceUnit, priceNames, showPrice } from './price-values.ts';

const plainFields: readonly PriceName[] = ['input_price', 'output_price'];
const unknownWhenBlank: readonly PriceName[] = [...plainFields, 'web_search_price'];
const moreFields: Readonly<Partial<Record<PriceName, { readonly label: string; readonly blank: string }>>> = {
  cache_read_price: { label: 'Cached read', blank: 'Blank: as input' },
  cache_write_price: { label: 'Cache write', blank: 'Blank: as input' },
  reasoning_price: { label: 'Reasoning', blank: 'Blank: as output' },
  audio_input_price: { label: 'Audio input', blank: 'Blank: as input' },
  audio_output_price: { label: 'Audio output', blank: 'Blank: as output' },
  audio_cache_read_price: { label: 'Cached audio', blank: 'Blank: as cached read' },
  request_price: { label: '$ per request', blank: 'Blank: nothing beside tokens' },
  image_price: { label: '$ per image', blank: 'Blank: nothing beside tokens' },
  web_search_price: { label: '$ per web search', blank: 'Blank: unknown, and so is the cost of a call with searches' },
};

const unitNames: Record<PriceUnit, string> = { million: 'per 1M', token: 'per token' };
const unitOptions = [
  { value: 'million', label: 'Per 1M tokens' },
  { value: 'token', label: 'Per token' },
] as const;

/** Input and output first; what few models have is under "More prices". */
export function PriceFields({ suggested }: { readonly suggested: SuggestedPrices | null }) {
  const { watch, getValues, setValue } = useFormContext<ModelFormValues>();
  const unit = watch('price_unit');
  const others = Object.keys(moreFields) as PriceName[];
  const hasMore = watch('tiers').length > 0 || others.some((name) => watch(name) !== '');
  const [opened, setOpened] = useState<boolean | null>(null);
  const isOpen = opened ?? hasMore;
  const labelOf = (name: PriceName) => {
    if (name === 'input_price') return `Input $ ${unitNames[unit]}`;
    if (name === 'output_price') return `Output $ ${unitNames[unit]}`;
    const { label = name } = moreFields[name] ?? {};
    return label.startsWith('$') ? label : `${label} $ ${unitNames[unit]}`;
  };

  function changeTo(next: PriceUnit): void {
    const converted = changeUnit(getValues(), next);
    for (const name of priceNames) setValue(name, converted[name], { shouldDirty: true });
    setValue('tiers', converted.tiers, { shouldDirty: true });
    setValue('price_unit', next);
  }

  return (
    <>
      {plainFields.map((name) => (
        <PriceField key={name} name={name} label={labelOf(name)} blank="Blank: cost stays unknown" suggested={suggested} />
      ))}
      {plainFields.map((name) => (
        <PriceDoubt key={name} name={name} label={labelOf(name)} />
      ))}
      <div className="flex flex-wrap items-center justify-between gap-3 sm:col-span-3">
        <Segmented label="Prices are typed" value={unit} onValueChange={changeTo} options={unitOptions} />
        <Button
          size="small"
          variant="ghost"
          aria-expanded={isOpen}
          icon={isOpen ? <ChevronUp aria-hidden className="size-4" /> : <ChevronDown aria-hidden className="size-4" />}
          onClick={() => setOpened(!isOpen)}
        >
          More prices
        </Button>
      </div>
      {isOpen && (
        <>
          {others.map((name) => (
            <PriceField key={name} name={name} label={labelOf(name)} blank={moreFields[name]?.blank ?? ''} suggested={suggested} />
          ))}
          {others.map((name) => (
            <PriceDoubt key={name} name={name} label={labelOf(name)} />
          ))}
          <PriceTiers unit={unitNames[unit]} />
        </>
      )}
    </>
  );
}

interface PriceFieldProps {
  readonly name: PriceName;
  readonly label: string;
  readonly blank: string;
  readonly suggested: SuggestedPrices | null;
}

function PriceField({ name, label, blank, suggested }: PriceFieldProps) {
  const { register, watch, formState } = useFormContext<ModelFormValues>();
  const typed = watch(name);
  const isSuggested = suggested !== null && typed !== '' && typed === showPrice(suggested[fieldOfPrice[name]], name, watch('price_unit'));
  return (
    <Field
      label={label}
      error={fieldError(formState.errors, name)}
      help={isSuggested ? `Suggested by ${describeSource(suggested)}` : blank}
    >
      <Input inputMode="decimal" placeholder={unknownWhenBlank.includes(name) ? 'unknown' : 'none'} {...register(name)} />
    </Field>
  );
}

function describeSource({ source, dated }: SuggestedPrices): string {
  return dated === null ? priceSourceNames[source] : `${priceSourceNames[source]}, ${dated}`;
}

import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { compareDecimals, formatUsd, pricePerMillion, shiftDecimal } from '../../../ui/decimal-text.ts';
import type { ModelFormValues } from './form-values.ts';
import { isTokenPrice, type PriceName, readPrice, showPrice } from './price-values.ts';

/** Above these, in USD, a price is more likely a slip of the unit than a price. */
const doubtfulPerToken = '0.001';
const doubtfulEach = '1';

/** Asks about a price that is probably of another unit than it was typed in. */
export function PriceDoubt({ name, label }: { readonly name: PriceName; readonly label: string }) {
  const { watch, setValue } = useFormContext<ModelFormValues>();
  const [kept, setKept] = useState<string | null>(null);
  const [typed, unit] = [watch(name), watch('price_unit')];
  const price = readPrice(typed, name, unit);
  const isToken = isTokenPrice(name);
  if (price === null || kept === price || compareDecimals(price, isToken ? doubtfulPerToken : doubtfulEach) <= 0) return null;

  function correct(right: string): void {
    setKept(right);
    setValue(name, showPrice(right, name, unit), { shouldDirty: true });
  }
  if (!isToken) {
    return (
      <Question
        title={`${label}: for one or for a thousand?`}
        text={`${formatUsd(price)} for a single one is more than models cost.`}
        keep={`Keep ${formatUsd(price)} for one`}
        other="It was for a thousand"
        onKeep={() => setKept(price)}
        onOther={() => correct(shiftDecimalLeft(price, 3))}
      />
    );
  }
  const perMillion = pricePerMillion(price);
  return (
    <Question
      title={`${label}: per token or per million?`}
      text={`${formatUsd(perMillion)} for a million tokens is more than models cost.`}
      keep={`Keep ${formatUsd(perMillion)} per 1M`}
      other={unit === 'million' ? 'It was per token' : 'It was per 1M'}
      onKeep={() => setKept(price)}
      onOther={() => correct(unit === 'million' ? shiftDecimal(price, 6) : shiftDecimalLeft(price, 6))}
    />
  );
}

/** The point by so many digits to the left. */
function shiftDecimalLeft(text: string, by: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = whole.padStart(by + 1, '0');
  return shiftDecimal(`${digits.slice(0, -by)}.${digits.slice(-by)}${fraction}`, 0);
}

interface QuestionProps {
  readonly title: string;
  readonly text: string;
  readonly keep: string;
  readonly other: string;
  readonly onKeep: () => void;
  readonly onOther: () => void;
}

function Question({ title, text, keep, other, onKeep, onOther }: QuestionProps) {
  return (
    <div className="sm:col-span-3">
      <Alert
        tone="warn"
        title={title}
        action={
          <div className="flex flex-wrap gap-2">
            <Button size="small" onClick={onKeep}>
              {keep}
            </Button>
            <Button size="small" onClick={onOther}>
              {other}
            </Button>
          </div>
        }
      >
        {text}
      </Alert>
    </div>
  );
}

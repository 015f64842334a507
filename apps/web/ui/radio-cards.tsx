import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

export interface RadioCard<Value extends string> {
  readonly value: Value;
  readonly title: string;
  readonly description?: ReactNode;
}

export interface RadioCardsProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly RadioCard<Value>[];
  readonly columns?: 1 | 2 | 3;
  readonly error?: string | null | undefined;
  readonly hideLabel?: boolean;
}

const columnClass = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-3' } as const;

/** One of a few choices, each with a line that says what it means. */
export function RadioCards<Value extends string>(props: RadioCardsProps<Value>) {
  const { label, value, onValueChange, options, columns = 2, error, hideLabel = false } = props;
  const id = useId();
  return (
    <div>
      <div id={id} className={hideLabel ? 'sr-only' : 'mb-1.5 font-medium text-[13px]'}>
        {label}
      </div>
      <RadioGroup
        aria-labelledby={id}
        {...(error ? { 'aria-describedby': `${id}-error` } : {})}
        value={value}
        onValueChange={(next) => onValueChange(next as Value)}
        className={classNames('grid gap-2', columnClass[columns])}
      >
        {options.map((option) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the radio inside is the control of this label
          <label
            key={option.value}
            className={classNames(
              'flex cursor-pointer items-start gap-2.5 rounded-lg border p-3 transition-colors hover:bg-hover',
              option.value === value ? 'border-primary bg-accent/40' : 'border-control',
            )}
          >
            <Radio.Root
              value={option.value}
              aria-labelledby={`${id}-${option.value}`}
              className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-control bg-bg data-checked:border-primary data-checked:bg-primary"
            >
              <Radio.Indicator className="size-1.5 rounded-full bg-white" />
            </Radio.Root>
            <span className="min-w-0">
              <span id={`${id}-${option.value}`} className="block font-medium text-[13px]">
                {option.title}
              </span>
              {option.description && <span className="block text-muted text-xs">{option.description}</span>}
            </span>
          </label>
        ))}
      </RadioGroup>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 text-[13px] text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
}

/** One of two to four short choices, in one row. */
export function Segmented<Value extends string>({ label, value, onValueChange, options }: SegmentedProps<Value>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
      className="inline-flex h-9 shrink-0 items-center rounded-lg bg-hover p-0.5"
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          className="flex h-8 cursor-pointer select-none items-center rounded-[7px] px-3 font-medium text-[13px] text-muted hover:text-fg data-checked:bg-bg data-checked:text-fg data-checked:shadow-xs"
        >
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}

import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { type FieldTexts, useFieldText } from './use-field-text.ts';

export interface CostLimitFieldProps {
  readonly label: string;
  readonly help: string;
  /** Its place in the step's configuration, as problems name it. */
  readonly field: string;
  readonly context: FieldTexts;
  /** A decimal as text; null: no limit. */
  readonly value: string | null;
  readonly onValueChange: (value: string | null) => void;
}

/** An amount of money that is exact. What is no amount yet is not handed on: it stays and says why. */
export function CostLimitField({ label, help, field, context, value, onValueChange }: CostLimitFieldProps) {
  const { text, type } = useFieldText({ texts: context, field, label, value: value ?? '', findFault });
  function change(typed: string) {
    if (type(typed)) onValueChange(typed.trim() === '' ? null : typed);
  }
  return (
    <div data-field={field}>
      <Field label={label} help={help} error={findFault(text)}>
        <Input
          inputMode="decimal"
          placeholder="none"
          maxLength={37}
          value={text}
          onChange={({ target }) => change(target.value.replace(',', '.'))}
        />
      </Field>
    </div>
  );
}

function findFault(text: string): string | null {
  return text.trim() === '' || /^\d{1,18}(\.\d{1,18})?$/.test(text) ? null : 'An amount in USD, such as 0.05';
}

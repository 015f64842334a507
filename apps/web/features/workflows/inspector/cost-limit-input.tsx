import { useEffect, useState } from 'react';
import { Input } from '../../../ui/input.tsx';

const amount = /^\d{1,18}(\.\d{1,18})?$/;

export interface CostLimitInputProps {
  /** A decimal as text; null: no limit. */
  readonly value: string | null;
  readonly onValueChange: (value: string | null) => void;
}

/** An amount of money that is exact. What is no amount yet is not handed on. */
export function CostLimitInput({ value, onValueChange }: CostLimitInputProps) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  return (
    <Input
      inputMode="decimal"
      placeholder="none"
      maxLength={37}
      value={text}
      onChange={({ target }) => {
        const typed = target.value.replace(',', '.');
        setText(typed);
        if (typed.trim() === '') onValueChange(null);
        else if (amount.test(typed)) onValueChange(typed);
      }}
      onBlur={() => setText(value ?? '')}
    />
  );
}

import { useEffect, useState } from 'react';
import { Input } from './input.tsx';

export interface NumberInputProps {
  readonly value: number | null;
  /** Called with numbers inside the range only; null where it is emptied, if that is allowed. */
  readonly onValueChange: (value: number | null) => void;
  readonly min: number;
  readonly max: number;
  /** Also numbers with a fraction. */
  readonly fraction?: boolean;
  /** What an empty field stands for; without it the field takes no emptiness. */
  readonly placeholder?: string;
  readonly label?: string;
  /** What was typed lies above the range and became its end. */
  readonly onClamped?: () => void;
}

/** A number in a range. A number outside becomes the nearest end when the field is left, in sight of everybody. */
export function NumberInput({ value, onValueChange, min, max, fraction = false, placeholder, label, onClamped }: NumberInputProps) {
  const [text, setText] = useState(value === null ? '' : String(value));
  useEffect(() => setText((before) => (numberOf(before) === value ? before : value === null ? '' : String(value))), [value]);

  function type(typed: string) {
    setText(typed);
    const number = numberOf(typed);
    if (number === null && typed.trim() === '' && placeholder !== undefined) onValueChange(null);
    if (number !== null && number >= min && number <= max && (fraction || Number.isInteger(number))) onValueChange(number);
  }

  function leave() {
    const number = numberOf(text);
    if (number === null) return setText(value === null ? '' : String(value));
    const kept = Math.min(max, Math.max(min, fraction ? number : Math.round(number)));
    setText(String(kept));
    if (kept !== value) onValueChange(kept);
    if (kept < number) onClamped?.();
  }

  return (
    <Input
      inputMode={fraction ? 'decimal' : 'numeric'}
      value={text}
      placeholder={placeholder}
      {...(label ? { 'aria-label': label } : {})}
      onChange={(event) => type(event.target.value)}
      onBlur={leave}
      // Enter may send the form, which goes by the value: what is seen has to be what is sent.
      onKeyDown={(event) => event.key === 'Enter' && leave()}
    />
  );
}

function numberOf(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

import { stepNameSchema } from '@pipelines/contracts';
import { useEffect, useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';

export interface NameInputProps {
  readonly label: string;
  readonly value: string;
  /** Called with names that are well-formed and free. */
  readonly onValueChange: (name: string) => void;
  readonly taken: readonly string[];
  readonly help?: string | undefined;
  readonly hideLabel?: boolean;
}

/** A name that templates speak of. What is not a name yet stays here and says why. */
export function NameInput({ label, value, onValueChange, taken, help, hideLabel = false }: NameInputProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const error = whyNoName(
    text,
    taken.filter((each) => each !== value),
  );
  return (
    <Field label={label} help={help} error={error} hideLabel={hideLabel}>
      <Input
        mono
        value={text}
        maxLength={40}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => (error ? setText(value) : text !== value && onValueChange(text))}
        onKeyDown={(event) => event.key === 'Enter' && !error && text !== value && onValueChange(text)}
      />
    </Field>
  );
}

function whyNoName(text: string, taken: readonly string[]): string | null {
  const parsed = stepNameSchema.safeParse(text);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'Not a name';
  return taken.includes(text) ? 'This name is taken.' : null;
}

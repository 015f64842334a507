import { useEffect, useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';

const headerName = /^[A-Za-z0-9-]{1,64}$/;

export interface HeaderNameInputProps {
  readonly value: string;
  readonly onValueChange: (name: string) => void;
}

/** The name of an HTTP header. What is none yet stays here. */
export function HeaderNameInput({ value, onValueChange }: HeaderNameInputProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <Field label="Name" error={headerName.test(text) ? null : 'Letters, digits and - only'}>
      <Input
        mono
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          if (headerName.test(event.target.value)) onValueChange(event.target.value);
        }}
        onBlur={() => setText(value)}
      />
    </Field>
  );
}

import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { type FieldTexts, useFieldText } from './use-field-text.ts';

export interface HeaderNameInputProps {
  /** Its place in the step's configuration, as problems name it. */
  readonly field: string;
  readonly context: FieldTexts;
  readonly value: string;
  readonly onValueChange: (name: string) => void;
}

/** The name of an HTTP header. What is none yet stays and says why. */
export function HeaderNameInput({ field, context, value, onValueChange }: HeaderNameInputProps) {
  const { text, type } = useFieldText({ texts: context, field, label: 'Header', value, findFault });
  return (
    <div data-field={field}>
      <Field label="Name" error={findFault(text)}>
        <Input mono value={text} onChange={({ target }) => type(target.value) && onValueChange(target.value)} />
      </Field>
    </div>
  );
}

function findFault(text: string): string | null {
  return /^[A-Za-z0-9-]{1,64}$/.test(text) ? null : 'Letters, digits and - only, at most 64';
}

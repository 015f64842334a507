import { stepNameSchema } from '@pipelines/contracts';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { type FieldTexts, useFieldText } from './use-field-text.ts';

export interface NameInputProps {
  readonly label: string;
  /** Its place in the step's configuration, as problems name it. */
  readonly field: string;
  readonly context: FieldTexts;
  readonly value: string;
  /** Called with names that are well-formed and free, when the field is left. */
  readonly onValueChange: (name: string) => void;
  readonly taken: readonly string[];
  readonly help?: string | undefined;
}

/** A name that templates speak of. What is not a name yet stays and says why. */
export function NameInput({ label, field, context, value, onValueChange, taken, help }: NameInputProps) {
  const findFault = (text: string) =>
    whyNoName(
      text,
      taken.filter((each) => each !== value),
    );
  const { text, type } = useFieldText({ texts: context, field, label, value, findFault });
  const error = findFault(text);
  const handOn = () => error === null && text !== value && onValueChange(text);
  return (
    <div data-field={field}>
      <Field label={label} help={error ? `“${value}” counts until this is a name.` : help} error={error}>
        <Input
          mono
          value={text}
          maxLength={40}
          onChange={(event) => type(event.target.value)}
          onBlur={handOn}
          onKeyDown={(event) => event.key === 'Enter' && handOn()}
        />
      </Field>
    </div>
  );
}

function whyNoName(text: string, taken: readonly string[]): string | null {
  const parsed = stepNameSchema.safeParse(text);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'Not a name';
  return taken.includes(text) ? 'This name is taken.' : null;
}

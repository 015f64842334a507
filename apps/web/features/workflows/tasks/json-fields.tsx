import type { InputField } from '@pipelines/contracts';
import { Field } from '../../../ui/field.tsx';
import { Textarea } from '../../../ui/textarea.tsx';

export interface JsonFieldsProps {
  readonly fields: readonly InputField[];
  readonly text: string;
  /** How many tasks it holds; null where it cannot be read. */
  readonly count: number | null;
  readonly error: string | null;
  readonly onChange: (text: string) => void;
}

const samples: Record<InputField['type'], unknown> = { text: '…', number: 1, boolean: true, json: {}, image: 'https://…' };

/** Pasted rows: one object, or an array of them. */
export function JsonFields({ fields, text, count, error, onChange }: JsonFieldsProps) {
  const sample = Object.fromEntries(fields.map((field) => [field.name, samples[field.type]]));
  return (
    <Field
      label="Rows as JSON"
      required
      error={error}
      help={
        count === null
          ? 'One object of input fields, or an array of up to 5,000.'
          : `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`
      }
    >
      <Textarea
        rows={8}
        spellCheck={false}
        value={text}
        placeholder={JSON.stringify([sample], null, 2)}
        className="font-mono text-xs"
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

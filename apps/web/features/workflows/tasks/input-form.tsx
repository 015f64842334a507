import type { InputField } from '@pipelines/contracts';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { SwitchCard } from '../../../ui/switch-card.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import type { FormTexts } from './read-tasks.ts';

export interface InputFormProps {
  readonly fields: readonly InputField[];
  readonly texts: FormTexts;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (texts: FormTexts) => void;
}

/** One line for each input field of the workflow. */
export function InputForm({ fields, texts, errors, onChange }: InputFormProps) {
  if (fields.length === 0) return <p className="text-muted">The pipeline has no input fields.</p>;
  const put = (name: string, text: string) => onChange({ ...texts, [name]: text });
  return (
    <div className="space-y-4">
      {fields.map((field) =>
        field.type === 'boolean' ? (
          <SwitchCard
            key={field.name}
            title={field.name}
            description={field.description || 'Yes or no'}
            checked={texts[field.name] === 'true'}
            onCheckedChange={(checked) => put(field.name, String(checked))}
          />
        ) : (
          <Field
            key={field.name}
            label={field.name}
            required={field.required}
            help={field.description || (field.type === 'image' ? 'The address of an image, https: or data:' : null)}
            error={errors[field.name]}
          >
            {field.type === 'number' || field.type === 'image' ? (
              <Input
                value={texts[field.name] ?? ''}
                inputMode={field.type === 'number' ? 'decimal' : 'url'}
                onChange={(event) => put(field.name, event.target.value)}
              />
            ) : (
              <Textarea
                value={texts[field.name] ?? ''}
                className={field.type === 'json' ? 'font-mono text-xs' : undefined}
                onChange={(event) => put(field.name, event.target.value)}
              />
            )}
          </Field>
        ),
      )}
    </div>
  );
}

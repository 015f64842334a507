import type { InputField } from '@pipelines/contracts';
import { Plus, Trash2 } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { renameInputField } from '../graph/edit-graph.ts';
import { freeName } from '../graph/new-step.ts';
import type { StepFieldsProps } from './editor-context.ts';
import { NameInput } from './name-input.tsx';

const types: readonly { readonly value: InputField['type']; readonly label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'json', label: 'JSON' },
  { value: 'image', label: 'Image (address)' },
];

/** The fields of a task's input: columns of a CSV, keys of the JSON, lines of the form. */
export function StartFields({ step, context }: StepFieldsProps<'start'>) {
  const { fields } = step.config;
  const names = fields.map((field) => field.name);
  const put = (next: InputField[], field: string) => context.change({ ...step, config: { fields: next } }, field);
  const change = (index: number, part: Partial<InputField>) =>
    put(
      fields.map((field, at) => (at === index ? { ...field, ...part } : field)),
      `fields.${index}.${Object.keys(part).join()}`,
    );
  return (
    <section aria-label="Input fields" className="space-y-3">
      <h3 className="font-medium text-[13px]">Input fields</h3>
      {fields.map((field, index) => (
        <fieldset key={names.indexOf(field.name) === index ? field.name : index} className="space-y-2 rounded-lg border border-line p-3">
          <legend className="sr-only">Field {field.name}</legend>
          <NameInput
            label="Name"
            field={`fields.${index}.name`}
            context={context}
            value={field.name}
            taken={names}
            onValueChange={(name) => context.editGraph((graph) => renameInputField(graph, field.name, name))}
          />
          <div className="grid grid-cols-2 items-end gap-2">
            <Field label="Type">
              <Select value={field.type} onValueChange={(type) => change(index, { type })} options={types} />
            </Field>
            <label className="flex h-9 items-center gap-2 text-[13px]">
              <input type="checkbox" checked={field.required} onChange={(event) => change(index, { required: event.target.checked })} />
              Required
            </label>
          </div>
          <Field label="Description">
            <Input
              value={field.description}
              maxLength={500}
              placeholder="Optional"
              onChange={(event) => change(index, { description: event.target.value })}
            />
          </Field>
          <Button
            variant="ghost"
            size="small"
            icon={<Trash2 aria-hidden className="size-3.5" />}
            onClick={() =>
              put(
                fields.filter((_, at) => at !== index),
                'fields',
              )
            }
          >
            Remove {field.name}
          </Button>
        </fieldset>
      ))}
      <Button
        size="small"
        icon={<Plus aria-hidden className="size-3.5" />}
        onClick={() => put([...fields, { name: freeName('field', names), type: 'text', required: true, description: '' }], 'fields')}
      >
        Add a field
      </Button>
    </section>
  );
}

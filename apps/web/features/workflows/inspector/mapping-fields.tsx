import { Plus, Trash2 } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { freeName } from '../graph/new-step.ts';
import type { StepFieldsProps } from './editor-context.ts';
import { NameInput } from './name-input.tsx';
import { TemplateField } from './template-field.tsx';

/** Names and templates: the output of the step is an object of them. */
export function MappingFields({ step, context }: StepFieldsProps<'transform' | 'end'>) {
  const { mapping } = step.config;
  const names = mapping.map((entry) => entry.name);
  const put = (next: typeof mapping, field: string) => context.change({ ...step, config: { mapping: next } }, field);
  const change = (index: number, part: Partial<(typeof mapping)[number]>) =>
    put(
      mapping.map((entry, at) => (at === index ? { ...entry, ...part } : entry)),
      `mapping.${index}`,
    );
  return (
    <section aria-label="Output" className="space-y-3">
      <div>
        <h3 className="font-medium text-[13px]">{step.kind === 'end' ? 'Output of the pipeline' : 'Output'}</h3>
        <p className="text-muted text-xs">A value that is one variable alone keeps its type.</p>
      </div>
      {mapping.map((entry, index) => (
        <fieldset key={names.indexOf(entry.name) === index ? entry.name : index} className="space-y-2 rounded-lg border border-line p-3">
          <legend className="sr-only">Output {entry.name}</legend>
          <NameInput
            label="Name"
            field={`mapping.${index}.name`}
            context={context}
            value={entry.name}
            taken={names}
            onValueChange={(name) => change(index, { name })}
          />
          <TemplateField
            label="Value"
            field={`mapping.${index}.value`}
            value={entry.value}
            placeholder="{{steps.classify.output}}"
            onValueChange={(value) => change(index, { value })}
            context={context}
          />
          <Button
            variant="ghost"
            size="small"
            icon={<Trash2 aria-hidden className="size-3.5" />}
            onClick={() =>
              put(
                mapping.filter((_, at) => at !== index),
                'mapping',
              )
            }
          >
            Remove {entry.name}
          </Button>
        </fieldset>
      ))}
      <Button
        size="small"
        icon={<Plus aria-hidden className="size-3.5" />}
        onClick={() => put([...mapping, { name: freeName('value', names), value: '' }], 'mapping')}
      >
        Add a value
      </Button>
    </section>
  );
}

import type { Condition } from '@pipelines/contracts';
import { Trash2 } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { type EditorContext, problemAt } from './editor-context.ts';
import { TemplateField } from './template-field.tsx';

const operatorNames: Record<Condition['operator'], string> = {
  equals: 'equals',
  not_equals: 'does not equal',
  contains: 'contains',
  matches: 'matches the pattern',
  greater: 'is greater than',
  less: 'is less than',
  is_empty: 'is empty',
  is_not_empty: 'is not empty',
};
const operatorOptions = Object.entries(operatorNames).map(([value, label]) => ({ value: value as Condition['operator'], label }));

export interface ConditionFieldsProps {
  readonly number: number;
  /** Its place in the step's configuration. */
  readonly field: string;
  readonly condition: Condition;
  readonly context: EditorContext;
  readonly onChange: (condition: Condition) => void;
  /** Null where it is the only one. */
  readonly onRemove: (() => void) | null;
}

export function ConditionFields({ number, field, condition, context, onChange, onRemove }: ConditionFieldsProps) {
  const change = (part: Partial<Condition>) => onChange({ ...condition, ...part });
  const hasOperand = condition.operator !== 'is_empty' && condition.operator !== 'is_not_empty';
  return (
    <fieldset className="space-y-2 border-line border-l-2 pl-3">
      <legend className="sr-only">Condition {number}</legend>
      <TemplateField
        label="Value"
        field={`${field}.value`}
        value={condition.value}
        placeholder="{{steps.classify.output}}"
        onValueChange={(value) => change({ value })}
        context={context}
      />
      <div data-field={`${field}.json_path`}>
        <Field
          label="JSON path"
          help="Into a JSON value, such as $.label. Empty: the whole."
          error={problemAt(context, `${field}.json_path`)}
        >
          <Input mono value={condition.json_path} maxLength={500} onChange={(event) => change({ json_path: event.target.value })} />
        </Field>
      </div>
      <Field label="Comparison">
        <Select value={condition.operator} onValueChange={(operator) => change({ operator })} options={operatorOptions} />
      </Field>
      {hasOperand && (
        <TemplateField
          label="Compared with"
          field={`${field}.operand`}
          value={condition.operand}
          onValueChange={(operand) => change({ operand })}
          context={context}
        />
      )}
      {onRemove && (
        <Button variant="ghost" size="small" icon={<Trash2 aria-hidden className="size-3.5" />} onClick={onRemove}>
          Remove condition {number}
        </Button>
      )}
    </fieldset>
  );
}

import type { CheckOf, Model } from '@pipelines/contracts';
import { Field } from '../../../../ui/field.tsx';
import { NumberInput } from '../../../../ui/number-input.tsx';
import { Textarea } from '../../../../ui/textarea.tsx';
import { ModelSelect } from '../../../model-select.tsx';

export interface JudgeFieldsProps {
  readonly check: CheckOf<'judge'>;
  readonly models: readonly Model[];
  readonly onChange: (check: CheckOf<'judge'>) => void;
  readonly errorOf: (field: string) => string | null;
}

/** Who judges, by which rubric, and from how many points on it is good. */
export function JudgeFields({ check, models, onChange, errorOf }: JudgeFieldsProps) {
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Judge" required error={errorOf('model')}>
          <ModelSelect
            slug={check.model || null}
            models={models}
            placeholder="Choose a model"
            onChange={({ slug }) => onChange({ ...check, model: slug })}
          />
        </Field>
        <Field label="Points from 1 to">
          <NumberInput
            min={2}
            max={10}
            value={check.scale}
            onValueChange={(scale) => scale !== null && onChange({ ...check, scale, pass_mark: Math.min(check.pass_mark, scale) })}
          />
        </Field>
        <Field label="Passes from" error={errorOf('pass_mark')}>
          <NumberInput
            min={1}
            max={check.scale}
            value={check.pass_mark}
            onValueChange={(pass_mark) => pass_mark !== null && onChange({ ...check, pass_mark })}
          />
        </Field>
      </div>
      <Field
        label="Rubric"
        required
        error={errorOf('rubric')}
        help="The judge sees the row's input too. It is told that an answer is data and nothing to follow; that makes it hard to talk a judge round, and is no proof. What it costs is counted apart."
      >
        <Textarea
          rows={3}
          maxLength={4_000}
          placeholder="The reply answers the question, is polite, and promises nothing that the expected answer does not."
          value={check.rubric}
          onChange={(event) => onChange({ ...check, rubric: event.target.value })}
        />
      </Field>
    </>
  );
}

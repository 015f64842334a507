import type { ReviewConfig } from '@pipelines/contracts';
import { Field } from '../../../ui/field.tsx';
import { NumberInput } from '../../../ui/number-input.tsx';
import { Select } from '../../../ui/select.tsx';
import type { StepFieldsProps } from './editor-context.ts';
import { TemplateField } from './template-field.tsx';

/** What a reviewer sees, and what happens when a task keeps failing. */
export function ReviewFields({ step, context }: StepFieldsProps<'review'>) {
  const { config } = step;
  const change = (part: Partial<ReviewConfig>) => context.change({ ...step, config: { ...config, ...part } }, Object.keys(part).join());
  return (
    <>
      <TemplateField
        label="What the reviewer sees"
        field="subject"
        rows={3}
        value={config.subject}
        placeholder="{{steps.reply.output}}"
        onValueChange={(subject) => change({ subject })}
        context={context}
      />
      <TemplateField
        label="Instructions"
        field="instructions"
        rows={3}
        value={config.instructions}
        placeholder="When does it pass?"
        onValueChange={(instructions) => change({ instructions })}
        context={context}
      />
      <Field label="Rounds after the first" help="A failed review leads back by its way out “fail”, at most so often.">
        <NumberInput
          value={config.max_rereviews}
          onValueChange={(rounds) => rounds !== null && change({ max_rereviews: rounds })}
          min={0}
          max={20}
        />
      </Field>
      <Field label="When the rounds are used up">
        <Select
          value={config.when_exhausted}
          onValueChange={(when_exhausted) => change({ when_exhausted })}
          options={[
            { value: 'quarantine', label: 'Quarantine the task' },
            { value: 'escalate', label: 'Escalate the task' },
          ]}
        />
      </Field>
    </>
  );
}

import { Field } from '../../../ui/field.tsx';
import { NumberInput } from '../../../ui/number-input.tsx';
import { Select } from '../../../ui/select.tsx';
import type { LlmPartProps } from './llm-part-props.ts';

const efforts = [
  { value: 'none', label: 'The model’s own' },
  { value: 'low', label: 'Low' },
  { value: 'medium', label: 'Medium' },
  { value: 'high', label: 'High' },
];

/** How much a reasoning model thinks, in the shape that it takes. Absent for other models; what was chosen is kept. */
export function ReasoningFields({ config, model, onChange, onClamped }: LlmPartProps & { readonly onClamped: () => void }) {
  if (!model?.capabilities.reasoning) return null;
  if (model.reasoning_parameter === 'max_tokens') {
    return (
      <Field label="Thinking budget in tokens" help="Part of the answer’s tokens.">
        <NumberInput
          value={config.reasoning.max_tokens}
          onValueChange={(max_tokens) => onChange({ reasoning: { ...config.reasoning, max_tokens } }, 'reasoning')}
          min={1}
          max={model.max_tokens ?? 10_000_000}
          placeholder="the model’s"
          onClamped={onClamped}
        />
      </Field>
    );
  }
  return (
    <Field label="Reasoning effort">
      <Select
        value={config.reasoning.effort ?? 'none'}
        onValueChange={(effort) => onChange({ reasoning: { ...config.reasoning, effort: effort === 'none' ? null : effort } }, 'reasoning')}
        options={efforts}
      />
    </Field>
  );
}

import { type Capability, capabilities, capabilityNames, type ModelTask, type Probe, type ReasoningParameter } from '@pipelines/contracts';
import { useFormContext } from 'react-hook-form';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { RadioCards } from '../../../ui/radio-cards.tsx';
import { SwitchCard } from '../../../ui/switch-card.tsx';
import { MeasuredWord } from '../probe/measured-word.tsx';
import { contradictions } from '../probe/probe-words.ts';
import { fieldError } from './field-error.ts';
import type { ModelFormValues } from './form-values.ts';

const meaning: Record<Capability, string> = {
  json_mode: 'Native structured JSON output',
  vision: 'Accepts image inputs',
  tool_use: 'Function / tool calling',
  reasoning: 'Exposes a thinking step',
};

const reasoningShapes: readonly { readonly value: ReasoningParameter; readonly title: string; readonly description: string }[] = [
  { value: 'effort', title: 'reasoning.effort', description: 'A word: low, medium, high' },
  { value: 'max_tokens', title: 'reasoning.max_tokens', description: 'A thinking-token budget' },
];

const tasks: readonly { readonly value: ModelTask; readonly title: string; readonly description: string }[] = [
  { value: 'chat', title: 'Chat', description: 'Answers messages: for workflows and programs' },
  { value: 'embeddings', title: 'Embeddings', description: 'Turns texts into vectors: for programs' },
];

/** What the model is called for, by the connection test too. */
export function TaskField() {
  const { watch, setValue } = useFormContext<ModelFormValues>();
  return (
    <RadioCards
      label="Task"
      value={watch('task')}
      onValueChange={(value) => setValue('task', value, { shouldDirty: true })}
      options={tasks}
      error={undefined}
    />
  );
}

export function DisplayNameField({ slug }: { readonly slug: string | null }) {
  const { register, formState } = useFormContext<ModelFormValues>();
  return (
    <Field
      label="Display name"
      required
      error={fieldError(formState.errors, 'display_name')}
      help={
        slug && (
          <>
            Slug: <code className="rounded bg-hover px-1 py-0.5 font-mono text-xs">{slug}</code>
          </>
        )
      }
    >
      <Input placeholder="Acme Llama FT v2" {...register('display_name')} />
    </Field>
  );
}

export interface CapabilityFieldsProps {
  /** What the provider's own list says of the model, when a test has met it. */
  readonly seen: Partial<Record<Capability, boolean>> | null;
  /** What live calls have shown of this very connection. */
  readonly probe?: Probe | null;
}

/** What the model is offered for. The thinking step needs a shape; without it the shape is not part of the form. */
export function CapabilityFields({ seen, probe = null }: CapabilityFieldsProps) {
  const { watch, setValue, formState } = useFormContext<ModelFormValues>();
  const values = watch('capabilities');
  const differs = seen !== null && capabilities.some((name) => seen[name] !== undefined && seen[name] !== values[name]);

  function change(name: Capability, on: boolean) {
    setValue(`capabilities.${name}`, on, { shouldDirty: true });
    if (name === 'reasoning' && !on) setValue('reasoning_parameter', null);
  }

  return (
    <fieldset className="grid gap-4">
      <legend className="mb-1.5 font-medium text-[13px]">Capabilities</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {capabilities.map((name) => (
          <SwitchCard
            key={name}
            title={capabilityNames[name]}
            description={
              <>
                {meaning[name]}
                {probe && (
                  <span className="mt-1 block">
                    <MeasuredWord probe={probe} capability={name} asserted={values} />
                  </span>
                )}
              </>
            }
            checked={values[name]}
            onCheckedChange={(on) => change(name, on)}
          />
        ))}
      </div>
      {differs && (
        <p className="text-[13px] text-muted">
          The provider lists it with {listed(seen)}.{' '}
          <button
            type="button"
            className="font-medium text-primary-text underline underline-offset-2"
            onClick={() => {
              for (const name of capabilities) if (seen[name] !== undefined) change(name, seen[name]);
            }}
          >
            Set the switches from it
          </button>
        </p>
      )}
      {probe && contradictions(values, probe).length > 0 && (
        <p className="text-[13px]">
          The switches say otherwise than what was measured.{' '}
          <button
            type="button"
            className="font-medium text-primary-text underline underline-offset-2"
            onClick={() => {
              for (const name of contradictions(values, probe)) change(name, probe.capabilities[name] === true);
              if (probe.reasoning_parameter) setValue('reasoning_parameter', probe.reasoning_parameter, { shouldDirty: true });
            }}
          >
            Set switches from probe
          </button>
        </p>
      )}
      {values.reasoning && (
        <RadioCards
          label="Reasoning parameter"
          value={watch('reasoning_parameter')}
          onValueChange={(value) => setValue('reasoning_parameter', value, { shouldDirty: true })}
          options={reasoningShapes}
          error={fieldError(formState.errors, 'reasoning_parameter')}
        />
      )}
    </fieldset>
  );
}

function listed(seen: Partial<Record<Capability, boolean>>): string {
  const names = capabilities.filter((name) => seen[name]).map((name) => capabilityNames[name]);
  return names.length === 0 ? 'none of the four' : names.join(', ');
}

export function MaxTokensField({ seen }: { readonly seen: number | null }) {
  const { register, formState } = useFormContext<ModelFormValues>();
  const help = seen === null ? 'The longest answer' : `The provider allows ${seen.toLocaleString()}`;
  return (
    <Field label="Max tokens" error={fieldError(formState.errors, 'max_tokens')} help={help}>
      <Input inputMode="numeric" placeholder="No limit" {...register('max_tokens')} />
    </Field>
  );
}

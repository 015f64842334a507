import type { ModelRouting } from '@pipelines/contracts';
import type { FormEvent } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { NumberInput } from '../../../ui/number-input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useEdits } from '../../../use-edits.ts';
import { Part } from './part.tsx';
import { useUpdateRouting } from './use-routing.ts';

interface LimitsFormProps {
  readonly slug: string;
  readonly routing: ModelRouting;
  readonly closed: string | null;
}

type Limits = Pick<ModelRouting, 'max_retries' | 'first_byte_ms' | 'idle_ms' | 'total_ms'>;

const clocks = [
  { name: 'first_byte_ms', label: 'First byte, seconds', min: 0.5, max: 600 },
  { name: 'idle_ms', label: 'Silence, seconds', min: 0.5, max: 600 },
  { name: 'total_ms', label: 'Whole call, seconds', min: 1, max: 3_600 },
] as const;

/** How often a call is tried again, and how long it may take. Empty fields are as the product does it. */
export function LimitsForm({ slug, routing, closed }: LimitsFormProps) {
  const { max_retries, first_byte_ms, idle_ms, total_ms, defaults } = routing;
  const { values: limits, edited, isEdited, edit } = useEdits<Limits>({ max_retries, first_byte_ms, idle_ms, total_ms });
  const save = useUpdateRouting(slug);

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate(edited);
  }

  return (
    <Part
      title="Retries and time limits"
      help="A call is sent again only where its provider has not begun. The time for the whole call includes retries and fallbacks."
    >
      <form noValidate onSubmit={submit} className="grid max-w-xl gap-3">
        <ProblemAlert error={save.error} />
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Retries">
            <NumberInput
              value={limits.max_retries}
              onValueChange={(value) => edit({ max_retries: value })}
              min={0}
              max={5}
              placeholder={String(defaults.max_retries)}
            />
          </Field>
          {clocks.map(({ name, label, min, max }) => (
            <Field key={name} label={label}>
              <NumberInput
                value={inSeconds(limits[name])}
                onValueChange={(value) => edit({ [name]: value === null ? null : Math.round(value * 1_000) })}
                min={min}
                max={max}
                fraction
                placeholder={String(defaults[name] / 1_000)}
              />
            </Field>
          ))}
        </div>
        <div>
          <Button
            type="submit"
            size="small"
            variant="primary"
            pending={save.isPending}
            unavailable={closed ?? (isEdited ? null : 'Nothing has been changed.')}
          >
            Save limits
          </Button>
        </div>
      </form>
    </Part>
  );
}

const inSeconds = (ms: number | null) => (ms === null ? null : ms / 1_000);

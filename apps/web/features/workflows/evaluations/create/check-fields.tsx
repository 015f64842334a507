import type { Check, CheckOf, Model } from '@pipelines/contracts';
import { Trash2 } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { NumberInput } from '../../../../ui/number-input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Switch } from '../../../../ui/switch.tsx';
import type { FieldTexts } from '../../inspector/use-field-text.ts';
import { checkKinds } from './draft-evaluation.ts';
import { JudgeFields } from './judge-fields.tsx';

const JsonSchemaField = lazy(() => import('../../inspector/json-schema-field.tsx').then((module) => ({ default: module.JsonSchemaField })));

export interface CheckFieldsProps {
  readonly check: Check;
  readonly models: readonly Model[];
  readonly onChange: (check: Check) => void;
  /** What is typed in its fields and is no value yet. */
  readonly texts: FieldTexts;
  readonly onRemove: () => void;
  /** What is wrong with a field of the check, once it has been tried. */
  readonly errorOf: (field: string) => string | null;
}

/** One check: what it looks at, and what it holds it to. */
export function CheckFields({ check, models, onChange, texts, onRemove, errorOf }: CheckFieldsProps) {
  const kind = checkKinds.find((each) => each.kind === check.kind);
  const hasExpected = check.kind !== 'json_schema';
  return (
    <fieldset className="space-y-3 rounded-lg border border-line bg-panel p-3">
      <legend className="sr-only">Check {check.name}</legend>
      <div className="flex items-center justify-between gap-2">
        <span aria-hidden className="text-[13px]">
          <span className="font-medium">{kind?.title}</span> <span className="text-muted">· {kind?.description}</span>
        </span>
        <Button
          size="icon"
          variant="ghost"
          aria-label={`Remove check ${check.name}`}
          icon={<Trash2 aria-hidden className="size-4" />}
          onClick={onRemove}
        />
      </div>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Name" required error={errorOf('name')}>
          <Input mono value={check.name} maxLength={40} onChange={(event) => onChange({ ...check, name: event.target.value })} />
        </Field>
        <Field label="Looks at" required error={errorOf('actual')}>
          <Input mono value={check.actual} onChange={(event) => onChange({ ...check, actual: event.target.value })} />
        </Field>
        {hasExpected && (
          <Field label="Expected" required={check.kind !== 'judge'} error={errorOf('expected')}>
            <Input mono value={check.expected} onChange={(event) => onChange({ ...check, expected: event.target.value })} />
          </Field>
        )}
      </div>
      {(check.kind === 'exact' || check.kind === 'contains') && <TextOptions check={check} onChange={onChange} />}
      {check.kind === 'numeric' && <ToleranceFields check={check} onChange={onChange} />}
      {check.kind === 'json_schema' && (
        <Suspense fallback={<Skeleton className="h-40 w-full" />}>
          <JsonSchemaField
            field="schema"
            texts={texts}
            schema={check.schema}
            onChange={(schema) => onChange({ ...check, schema })}
            unavailableId={null}
          />
        </Suspense>
      )}
      {check.kind === 'judge' && <JudgeFields check={check} models={models} onChange={onChange} errorOf={errorOf} />}
    </fieldset>
  );
}

interface OptionsProps<Kind extends Check> {
  readonly check: Kind;
  readonly onChange: (check: Kind) => void;
}

function TextOptions({ check, onChange }: OptionsProps<CheckOf<'exact'> | CheckOf<'contains'>>) {
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-2 text-[13px]">
      <span className="flex items-center gap-2">
        <Switch
          label={`${check.name}: ignore case`}
          checked={check.ignore_case}
          onCheckedChange={(ignore_case) => onChange({ ...check, ignore_case })}
        />
        <span aria-hidden>Ignore case</span>
      </span>
      <span className="flex items-center gap-2">
        <Switch
          label={`${check.name}: ignore extra spaces`}
          checked={check.ignore_space}
          onCheckedChange={(ignore_space) => onChange({ ...check, ignore_space })}
        />
        <span aria-hidden>Ignore extra spaces</span>
      </span>
    </div>
  );
}

function ToleranceFields({ check, onChange }: OptionsProps<CheckOf<'numeric'>>) {
  const { tolerance } = check;
  const isRelative = tolerance.type === 'relative';
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Field label="May differ by">
        <NumberInput
          fraction
          min={0}
          max={1_000_000}
          value={isRelative ? Number((tolerance.value * 100).toPrecision(12)) : tolerance.value}
          onValueChange={(value) =>
            onChange({ ...check, tolerance: { ...tolerance, value: isRelative ? (value ?? 0) / 100 : (value ?? 0) } })
          }
        />
      </Field>
      <Field label="Counted">
        <Select
          value={tolerance.type}
          onValueChange={(type) => onChange({ ...check, tolerance: { type, value: 0 } })}
          options={[
            { value: 'absolute', label: 'As a number' },
            { value: 'relative', label: 'In % of the expected' },
          ]}
        />
      </Field>
    </div>
  );
}

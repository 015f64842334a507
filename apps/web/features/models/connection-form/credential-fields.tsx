import { type Credential, type FieldDescriptor, normalizeBaseUrl, type Provider } from '@pipelines/contracts';
import { Plus, X } from 'lucide-react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { PasswordInput } from '../../../ui/password-input.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { fieldError } from './field-error.ts';
import { type ConnectionDraft, type ModelFormValues, secretFieldNames } from './form-values.ts';

export interface CredentialFieldsProps {
  readonly provider: Provider;
  /** Every saved credential of the organization; only those of this destination are offered. */
  readonly saved: readonly Credential[];
  /** Said under the first secret field in place of the usual line. */
  readonly help?: string;
}

/** How the provider is paid for: a new secret, or a saved one of the same destination. */
export function CredentialFields({ provider, saved, help }: CredentialFieldsProps) {
  const { watch, setValue } = useFormContext<ModelFormValues>();
  const draft = watch(`drafts.${provider.id}`);
  const offered = saved.filter((credential) => fitsDestination(credential, provider, draft));
  // No key at all is not a choice of its own: it is a blank key, where the provider allows that.
  const kinds = provider.auth_kinds.filter((candidate) => candidate.auth_kind !== 'none');
  const kind = kinds.find((candidate) => candidate.auth_kind === draft.auth_kind) ?? kinds[0];

  function chooseSaved(id: string | null) {
    setValue(`drafts.${provider.id}.credential_id`, id, { shouldDirty: true });
    if (id !== null) for (const name of secretFieldNames) setValue(`drafts.${provider.id}.${name}`, '');
  }

  return (
    <div className="grid gap-4">
      {kinds.length > 1 && (
        <Segmented
          label="Kind of credential"
          value={draft.auth_kind}
          onValueChange={(authKind) => {
            setValue(`drafts.${provider.id}.auth_kind`, authKind, { shouldDirty: true });
            chooseSaved(null);
          }}
          options={kinds.map((candidate) => ({ value: candidate.auth_kind, label: candidate.label }))}
        />
      )}
      {(offered.length > 0 || draft.credential_id !== null) && (
        <Field label="Credentials">
          <Select
            value={draft.credential_id ?? 'new'}
            onValueChange={(value) => chooseSaved(value === 'new' ? null : value)}
            options={[
              { value: 'new', label: 'Enter new credentials' },
              ...offered.map((credential) => ({ value: credential.id, label: `Saved: ${credential.preview}`, hint: usedBy(credential) })),
            ]}
          />
        </Field>
      )}
      {draft.credential_id === null &&
        kind?.fields.map((field, index) => (
          // An input of its own for each provider: a shared one would show one provider's secret in the other's field.
          <SecretField
            key={`${provider.id}.${field.name}`}
            provider={provider}
            field={field}
            help={index === 0 ? (help ?? encryptedHelp) : null}
          />
        ))}
    </div>
  );
}

const encryptedHelp = 'Encrypted at rest. Only a masked preview is ever shown again.';

function fitsDestination(credential: Credential, provider: Provider, draft: ConnectionDraft): boolean {
  if (credential.provider !== provider.id || credential.auth_kind !== draft.auth_kind) return false;
  const names = new Set(provider.fields.map((field) => field.name));
  const sameUrl = !names.has('base_url') || normalizeBaseUrl(draft.base_url) === credential.destination.base_url;
  const sameRegion = !names.has('region') || draft.region === credential.destination.region;
  return sameUrl && sameRegion;
}

function usedBy(credential: Credential): string {
  const first = credential.models[0]?.display_name;
  if (first === undefined) return 'not used';
  return credential.model_count === 1 ? first : `${first} + ${(credential.model_count - 1).toLocaleString()}`;
}

interface SecretFieldProps {
  readonly provider: Provider;
  readonly field: FieldDescriptor;
  readonly help: string | null;
}

function SecretField({ provider, field, help }: SecretFieldProps) {
  const { register, formState } = useFormContext<ModelFormValues>();
  if (field.kind === 'headers') return <HeaderFields provider={provider} field={field} />;
  const path = `drafts.${provider.id}.${field.name as (typeof secretFieldNames)[number]}` as const;
  const Control = field.secret ? PasswordInput : Input;
  return (
    <Field label={field.label} required={field.required} help={field.help ?? help} error={fieldError(formState.errors, path)}>
      <Control mono placeholder={field.placeholder ?? ''} {...register(path)} />
    </Field>
  );
}

/** Extra headers of an OpenAI-compatible endpoint; their values are secrets too. */
function HeaderFields({ provider, field }: { readonly provider: Provider; readonly field: FieldDescriptor }) {
  const { register, control, formState } = useFormContext<ModelFormValues>();
  const name = `drafts.${provider.id}.headers` as const;
  const { fields, append, remove } = useFieldArray({ control, name });
  return (
    <details open={fields.length > 0}>
      <summary className="text-[13px] text-primary-text">{field.label}</summary>
      <div className="mt-3 grid gap-2">
        {fields.map((row, index) => (
          <div key={row.id} className="flex items-start gap-2">
            <Input mono aria-label={`Header ${index + 1} name`} placeholder="X-Team" {...register(`${name}.${index}.name`)} />
            <PasswordInput mono aria-label={`Header ${index + 1} value`} {...register(`${name}.${index}.value`)} />
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove header ${index + 1}`}
              icon={<X className="size-4" />}
              onClick={() => remove(index)}
            />
          </div>
        ))}
        {fieldError(formState.errors, name) && <p className="text-[13px] text-bad">{fieldError(formState.errors, name)}</p>}
        <div>
          <Button size="small" icon={<Plus aria-hidden className="size-3.5" />} onClick={() => append({ name: '', value: '' })}>
            Add a header
          </Button>
        </div>
        {field.help && <p className="text-muted text-xs">{field.help}</p>}
      </div>
    </details>
  );
}

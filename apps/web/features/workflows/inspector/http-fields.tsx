import type { HttpConfig } from '@pipelines/contracts';
import { Plus, Trash2 } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { NumberInput } from '../../../ui/number-input.tsx';
import { Select } from '../../../ui/select.tsx';
import type { StepFieldsProps } from './editor-context.ts';
import { HeaderNameInput } from './header-name-input.tsx';
import { HttpEndpointField } from './http-endpoint-field.tsx';
import { TemplateField } from './template-field.tsx';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A call to an address outside. The operator's rules on where calls may go hold here too. */
export function HttpFields({ step, context }: StepFieldsProps<'http'>) {
  const { config } = step;
  const change = (part: Partial<HttpConfig>) => context.change({ ...step, config: { ...config, ...part } }, Object.keys(part).join());
  const changeHeader = (index: number, part: Partial<HttpConfig['headers'][number]>) =>
    change({ headers: config.headers.map((header, at) => (at === index ? { ...header, ...part } : header)) });
  return (
    <>
      <Field label="Method">
        <Select
          value={config.method}
          onValueChange={(method) => change({ method })}
          options={methods.map((method) => ({ value: method, label: method }))}
        />
      </Field>
      <HttpEndpointField config={config} context={context} onChange={(endpoint_id) => change({ endpoint_id })} />
      <TemplateField
        label={config.endpoint_id ? 'Path' : 'Address'}
        field="url"
        required={!config.endpoint_id}
        value={config.url}
        placeholder={config.endpoint_id ? '/tickets/{{input.id}}' : 'https://api.example.com/tickets/{{input.id}}'}
        onValueChange={(url) => change({ url })}
        context={context}
      />
      <section aria-label="Headers" className="space-y-2">
        <h3 className="font-medium text-[13px]">Headers</h3>
        <p className="text-muted text-xs">Everybody who sees this pipeline sees them: a secret comes from a tool endpoint.</p>
        {config.headers.map((header, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers have no other identity, and their order is theirs
          <fieldset key={index} className="space-y-2 rounded-lg border border-line p-3">
            <legend className="sr-only">Header {header.name}</legend>
            <HeaderNameInput
              field={`headers.${index}.name`}
              context={context}
              value={header.name}
              onValueChange={(name) => changeHeader(index, { name })}
            />
            <TemplateField
              label="Value"
              field={`headers.${index}.value`}
              value={header.value}
              onValueChange={(value) => changeHeader(index, { value })}
              context={context}
            />
            <Button
              variant="ghost"
              size="small"
              icon={<Trash2 aria-hidden className="size-3.5" />}
              onClick={() => change({ headers: config.headers.filter((_, at) => at !== index) })}
            >
              Remove {header.name}
            </Button>
          </fieldset>
        ))}
        <Button
          size="small"
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => change({ headers: [...config.headers, { name: 'Accept', value: 'application/json' }] })}
        >
          Add a header
        </Button>
      </section>
      {config.method !== 'GET' && (
        <TemplateField
          label="Body"
          field="body"
          rows={4}
          value={config.body}
          placeholder={'{"ticket": "{{input.ticket}}"}'}
          onValueChange={(body) => change({ body })}
          context={context}
        />
      )}
      <div className="grid grid-cols-2 gap-3">
        <Field label="Retries">
          <NumberInput value={config.retries} onValueChange={(retries) => retries !== null && change({ retries })} min={0} max={10} />
        </Field>
        <Field label="Timeout in seconds">
          <NumberInput
            value={config.timeout_seconds}
            onValueChange={(seconds) => seconds !== null && change({ timeout_seconds: seconds })}
            min={1}
            max={900}
          />
        </Field>
      </div>
    </>
  );
}

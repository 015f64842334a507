import { Controller, useFormContext } from 'react-hook-form';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { RadioCards } from '../../../ui/radio-cards.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import type { ToolFormValues } from './tool-form.ts';

export function KindField() {
  const { control } = useFormContext<ToolFormValues>();
  return (
    <Controller
      control={control}
      name="kind"
      render={({ field }) => (
        <RadioCards
          label="Kind"
          value={field.value}
          onValueChange={field.onChange}
          options={[
            { value: 'mcp', title: 'MCP server', description: 'Streamable HTTP. It lists its tools itself.' },
            { value: 'http', title: 'HTTP service', description: 'Described by an OpenAPI 3 document: its operations become tools.' },
          ]}
        />
      )}
    />
  );
}

/** Where it is; of an HTTP service also where its document is. */
export function AddressFields({ keepsDocument = false }: { readonly keepsDocument?: boolean }) {
  const { register, watch, control, formState } = useFormContext<ToolFormValues>();
  const { errors } = formState;
  if (watch('kind') === 'mcp') {
    return (
      <Field label="Address" required error={errors.url?.message} help="The MCP endpoint itself, often ending in /mcp.">
        <Input mono placeholder="https://mcp.example.com/mcp" {...register('url')} />
      </Field>
    );
  }
  const source = watch('source');
  return (
    <>
      <div className="space-y-3">
        <div className="flex items-center justify-between gap-2">
          <span className="font-medium text-[13px]">OpenAPI document</span>
          <Controller
            control={control}
            name="source"
            render={({ field }) => (
              <Segmented
                label="OpenAPI document"
                value={field.value}
                onValueChange={field.onChange}
                options={[
                  { value: 'url', label: 'By address' },
                  { value: 'pasted', label: 'Pasted' },
                ]}
              />
            )}
          />
        </div>
        {source === 'url' ? (
          <Field label="Address of the document" required error={errors.document_url?.message}>
            <Input mono placeholder="https://api.example.com/openapi.json" {...register('document_url')} />
          </Field>
        ) : (
          <Field
            label="Document"
            required={!keepsDocument}
            error={errors.document?.message}
            help={keepsDocument ? 'Empty keeps the one that was pasted before.' : 'JSON or YAML.'}
          >
            <Textarea rows={6} spellCheck={false} className="font-mono text-xs" {...register('document')} />
          </Field>
        )}
      </div>
      <Field
        label="Address of the service"
        error={errors.url?.message}
        help="Calls go beneath it, and the credential nowhere else. Empty: what the document says."
      >
        <Input mono placeholder="https://api.example.com/v1" {...register('url')} />
      </Field>
    </>
  );
}

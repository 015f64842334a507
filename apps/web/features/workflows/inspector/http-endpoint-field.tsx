import type { HttpConfig } from '@pipelines/contracts';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { type EditorContext, problemAt } from './editor-context.ts';

export interface HttpEndpointFieldProps {
  readonly config: HttpConfig;
  readonly context: Pick<EditorContext, 'endpoints' | 'problems'>;
  readonly onChange: (endpointId: string | null) => void;
}

const nobody = 'none';

/** Whose address and secret headers the step borrows, so that no secret stands in the graph. */
export function HttpEndpointField({ config, context, onChange }: HttpEndpointFieldProps) {
  const chosen = config.endpoint_id ?? null;
  const services = context.endpoints.filter((endpoint) => endpoint.kind === 'http');
  if (services.length === 0 && chosen === null) return null;
  const isGone = chosen !== null && services.every((endpoint) => endpoint.id !== chosen);
  const address = services.find((endpoint) => endpoint.id === chosen)?.url;
  return (
    <div data-field="endpoint_id">
      <Field
        label="Tool endpoint"
        help={address ? `Beneath ${address}, with its credential.` : 'Lends its address and its credential.'}
        error={problemAt(context, 'endpoint_id')}
      >
        <Select
          value={chosen ?? nobody}
          onValueChange={(id) => onChange(id === nobody ? null : id)}
          options={[
            { value: nobody, label: 'None' },
            ...services.map((endpoint) => ({ value: endpoint.id, label: endpoint.name })),
            ...(isGone ? [{ value: chosen, label: 'One that has been deleted' }] : []),
          ]}
        />
      </Field>
    </div>
  );
}

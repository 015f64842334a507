import { Segmented } from '../../../ui/segmented.tsx';
import { type EditorContext, unavailableId } from './editor-context.ts';
import { JsonSchemaField } from './json-schema-field.tsx';
import type { LlmPartProps } from './llm-part-props.ts';

const firstSchema = { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'], additionalProperties: false };

/** Text, or JSON of a shape: which needs JSON mode. */
export function OutputFields({ config, model, context, onChange }: LlmPartProps & { readonly context: EditorContext }) {
  const lacksJson = model !== null && !model.capabilities.json_mode;
  const { output } = config;
  return (
    <div data-field="output" className="space-y-2">
      <div className="flex items-center justify-between gap-2">
        <span className="font-medium text-[13px]">Output</span>
        {lacksJson && output.type === 'text' ? (
          <span className="text-[13px]">Text</span>
        ) : (
          <Segmented
            label="Output"
            value={output.type}
            onValueChange={(type) => onChange({ output: type === 'text' ? { type } : { type, schema: firstSchema } }, 'output')}
            options={[
              { value: 'text', label: 'Text' },
              { value: 'json_schema', label: 'JSON' },
            ]}
          />
        )}
      </div>
      {lacksJson && <p className="text-muted text-xs">{model.display_name} does not have JSON mode, which JSON of a given shape needs.</p>}
      {output.type === 'json_schema' && (
        <JsonSchemaField
          field="output.schema"
          texts={context}
          schema={output.schema}
          onChange={(schema) => onChange({ output: { type: 'json_schema', schema } }, 'output')}
          unavailableId={context.unavailable === null ? null : unavailableId}
        />
      )}
    </div>
  );
}

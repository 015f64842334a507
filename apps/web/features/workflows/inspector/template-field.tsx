import { Field } from '../../../ui/field.tsx';
import { type EditorContext, problemsAt, unavailableId } from './editor-context.ts';
import { TemplateEditor } from './template-editor/template-editor.tsx';

export interface TemplateFieldProps {
  readonly label: string;
  /** Its place in the step's configuration, as problems name it. */
  readonly field: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly context: EditorContext;
  /** How many lines it shows at least. */
  readonly rows?: number;
  readonly placeholder?: string;
  readonly help?: string;
  readonly required?: boolean;
}

/** Text with variables. Typing `{{` offers those that are known at this step. */
export function TemplateField(props: TemplateFieldProps) {
  const { label, field, value, onValueChange, context, rows = 1, placeholder = '', help, required = false } = props;
  const { scope, unavailable } = context;
  return (
    <div data-field={field}>
      <Field label={label} help={help} required={required} error={problemsAt(context, field).join(' ') || null}>
        <TemplateEditor
          value={value}
          onValueChange={onValueChange}
          scope={scope}
          rows={rows}
          placeholder={placeholder}
          unavailableId={unavailable === null ? null : unavailableId}
        />
      </Field>
    </div>
  );
}

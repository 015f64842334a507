import { checkJsonSchema } from '@pipelines/contracts';
import { Field } from '../../../ui/field.tsx';
import { JsonEditor } from './json-editor/json-editor.tsx';
import { readJsonObject } from './read-json-object.ts';
import { type FieldTexts, useFieldText } from './use-field-text.ts';

type JsonObject = Record<string, unknown>;

export interface JsonSchemaFieldProps {
  /** Its place in the step's configuration, as problems name it. */
  readonly field: string;
  readonly texts: FieldTexts;
  readonly schema: JsonObject;
  readonly onChange: (schema: JsonObject) => void;
  /** ID of the words that say why nothing can be typed; null where it can. */
  readonly unavailableId: string | null;
}

const rows = 6;
const label = 'JSON schema of the output';

const print = (schema: JsonObject) => JSON.stringify(schema, null, 2);

const findUnreadable = (text: string) => readJsonObject(text).error;

function findFault(text: string): string | null {
  const { value, error } = readJsonObject(text);
  return error ?? checkJsonSchema(value);
}

/** A JSON Schema as text. Text that is none yet stays and says why; the step keeps the last whole one. */
export function JsonSchemaField({ field, texts, schema, onChange, unavailableId }: JsonSchemaFieldProps) {
  const { text, type } = useFieldText({
    texts,
    field,
    label,
    value: print(schema),
    findFault: findUnreadable,
    print: (typed) => print(readJsonObject(typed).value ?? {}),
  });

  function change(next: string) {
    const { value } = readJsonObject(next);
    if (type(next) && value !== null) onChange(value);
  }

  return (
    <div data-field={field}>
      <Field
        label={label}
        error={findFault(text)}
        help={findUnreadable(text) === null ? null : 'The last whole schema is kept until this one is.'}
      >
        <JsonEditor rows={rows} value={text} findFault={findFault} unavailableId={unavailableId} onValueChange={change} />
      </Field>
    </div>
  );
}

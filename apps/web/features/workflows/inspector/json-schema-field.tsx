import { checkJsonSchema } from '@pipelines/contracts';
import { useLayoutEffect, useRef, useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { JsonEditor } from './json-editor/json-editor.tsx';
import { readJsonObject } from './read-json-object.ts';

type JsonObject = Record<string, unknown>;

export interface JsonSchemaFieldProps {
  readonly schema: JsonObject;
  readonly onChange: (schema: JsonObject) => void;
  /** ID of the words that say why nothing can be typed; null where it can. */
  readonly unavailableId: string | null;
}

const rows = 6;

const print = (schema: JsonObject) => JSON.stringify(schema, null, 2);

function findFault(text: string): string | null {
  const { value, error } = readJsonObject(text);
  return error ?? checkJsonSchema(value);
}

/** A JSON Schema as text. Text that is none yet stays here and says why; the step keeps the last whole one. */
export function JsonSchemaField({ schema, onChange, unavailableId }: JsonSchemaFieldProps) {
  const [text, setText] = useState(() => print(schema));
  /** As it was last given or told: another schema is a change from outside. */
  const settled = useRef(print(schema));
  useLayoutEffect(() => {
    const printed = print(schema);
    if (printed === settled.current) return;
    settled.current = printed;
    setText(printed);
  }, [schema]);

  function change(next: string) {
    setText(next);
    const { value } = readJsonObject(next);
    if (value === null) return;
    settled.current = print(value);
    onChange(value);
  }

  return (
    <Field
      label="JSON schema of the output"
      error={findFault(text)}
      help={readJsonObject(text).error ? 'The last whole schema is kept until this one is.' : null}
    >
      <JsonEditor rows={rows} value={text} findFault={findFault} unavailableId={unavailableId} onValueChange={change} />
    </Field>
  );
}

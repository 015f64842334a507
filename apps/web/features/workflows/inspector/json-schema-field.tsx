import { checkJsonSchema } from '@pipelines/contracts';
import { useEffect, useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { readJsonObject } from './read-json-object.ts';

type JsonObject = Record<string, unknown>;

export interface JsonSchemaFieldProps {
  readonly schema: JsonObject;
  readonly onChange: (schema: JsonObject) => void;
}

const print = (schema: JsonObject) => JSON.stringify(schema, null, 2);

/** A JSON Schema as text. Text that is none yet stays here and says why; the step keeps the last whole one. */
export function JsonSchemaField({ schema, onChange }: JsonSchemaFieldProps) {
  const [text, setText] = useState(() => print(schema));
  const read = readJsonObject(text);
  const fault = read.value && checkJsonSchema(read.value);
  useEffect(() => {
    setText((before) => {
      const own = readJsonObject(before);
      return own.value && print(own.value) === print(schema) ? before : print(schema);
    });
  }, [schema]);
  return (
    <Field
      label="JSON schema of the output"
      error={read.error ?? fault}
      help={read.error ? 'The last whole schema is kept until this one is.' : null}
    >
      <Textarea
        rows={6}
        spellCheck={false}
        value={text}
        className="font-mono text-xs"
        onChange={(event) => {
          setText(event.target.value);
          const { value } = readJsonObject(event.target.value);
          if (value) onChange(value);
        }}
      />
    </Field>
  );
}

import { isUtf8 } from 'node:buffer';
import { PipelinesError } from '@pipelines/contracts';
import { type FieldSpan, scanTopLevelFields } from './scan-json-fields.ts';

/** A JSON object as received: its exact bytes, its parsed value, and where each top-level field lies. */
export interface JsonBody<Value> {
  readonly bytes: Uint8Array;
  readonly value: Value;
  /** Byte spans of top-level fields by key, in the order of the bytes. */
  readonly fields: ReadonlyMap<string, FieldSpan>;
  /** True where no caller wrote these bytes: we did, from another dialect. */
  readonly composed?: boolean;
}

/**
 * Reads a request body: one scan for the spans of the top-level fields, and one parse. `Value` is
 * the loose shape that the caller goes on to check. Throws `invalid_json` for anything but one JSON
 * object in UTF-8 at most 64 levels deep, `duplicate_field` for a top-level key that occurs twice:
 * we would check one of the two while the provider obeys the other.
 */
export function parseJsonBody<Value>(bytes: Uint8Array): JsonBody<Value> {
  if (!isUtf8(bytes)) throw new PipelinesError('invalid_json', { detail: 'The body is not valid UTF-8.' });
  // First, so that the parser never meets a body of nothing but brackets.
  const fields = scanFields(bytes);
  return { bytes, value: parseObject(bytes) as Value, fields };
}

/** A key that comes twice is one fault, two objects in a row another: only the parser can tell. */
function scanFields(bytes: Uint8Array): ReadonlyMap<string, FieldSpan> {
  try {
    return scanTopLevelFields(bytes);
  } catch (error) {
    if (error instanceof PipelinesError && error.code === 'duplicate_field') parseObject(bytes);
    throw error;
  }
}

function parseObject(bytes: Uint8Array): object {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    // The parser's message quotes the body, which may hold a secret.
    throw new PipelinesError('invalid_json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PipelinesError('invalid_json', { detail: 'The body is not a JSON object.' });
  }
  return value;
}

import { parseDocument } from 'yaml';
import { ToolError } from '../tool-error.ts';

type Json = Readonly<Record<string, unknown>>;
/** A document that refers to itself often enough would grow without end. */
const maxAliases = 100;

/** An OpenAPI 3 document from its text, JSON or YAML. @throws ToolError */
export function readDocument(text: string): Json {
  const document = parseText(text);
  if (!isRecord(document)) throw new ToolError('not_openapi');
  if (document.swagger !== undefined) throw new ToolError('old_openapi');
  if (typeof document.openapi !== 'string' || !document.openapi.startsWith('3.') || !isRecord(document.paths)) {
    throw new ToolError('not_openapi');
  }
  return document;
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It may be YAML.
  }
  if (/^\s*</.test(text)) throw new ToolError('not_json_or_yaml');
  const document = parseDocument(text, { schema: 'core', logLevel: 'silent' });
  if (document.errors.length > 0) throw new ToolError('not_json_or_yaml');
  try {
    return document.toJS({ maxAliasCount: maxAliases });
  } catch {
    throw new ToolError('not_json_or_yaml');
  }
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

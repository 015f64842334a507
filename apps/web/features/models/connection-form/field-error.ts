import type { FieldErrors, FieldValues } from 'react-hook-form';

/** The message at a dotted path of a form, however deep; undefined where there is none. */
export function fieldError<Values extends FieldValues>(errors: FieldErrors<Values>, path: string): string | undefined {
  let node: unknown = errors;
  for (const step of path.split('.')) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = (node as Record<string, unknown>)[step];
  }
  if (typeof node !== 'object' || node === null) return undefined;
  const { message, root } = node as { message?: unknown; root?: { message?: unknown } };
  const text = message ?? root?.message;
  return typeof text === 'string' ? text : undefined;
}

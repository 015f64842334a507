import { createTasksBodySchema, type InputField } from '@pipelines/contracts';
import type { z } from 'zod';

export type NewTask = z.infer<typeof createTasksBodySchema>['tasks'][number];
export type ReadTasks = { readonly tasks: readonly NewTask[]; readonly error: null } | { readonly tasks: null; readonly error: string };

/** Tasks out of pasted JSON: one input, an array of inputs, or the body that the API takes. */
export function readTasks(text: string): ReadTasks {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { tasks: null, error: `Not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}` };
  }
  const parsed = createTasksBodySchema.safeParse(asBody(value));
  if (parsed.success) return { tasks: parsed.data.tasks, error: null };
  const [issue] = parsed.error.issues;
  return { tasks: null, error: `${issue?.path.join('.') || 'The whole'}: ${issue?.message ?? 'not valid'}` };
}

function asBody(value: unknown): unknown {
  if (Array.isArray(value)) return { tasks: value.map((input) => (isTask(input) ? input : { input })) };
  if (typeof value === 'object' && value !== null && 'tasks' in value) return value;
  return { tasks: [isTask(value) ? value : { input: value }] };
}

function isTask(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'input' in value &&
    Object.keys(value).every((key) => key === 'input' || key === 'external_id')
  );
}

/** What was typed in the form, by field name; switches are `'true'` or `'false'`. */
export type FormTexts = Readonly<Record<string, string>>;
export type ReadForm = { readonly input: Record<string, unknown>; readonly errors: Readonly<Record<string, string>> };

/** The input of a task out of the form, each value in the type of its field. Empty optional fields are left out. */
export function readForm(fields: readonly InputField[], texts: FormTexts): ReadForm {
  const input: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const text = texts[field.name] ?? '';
    if (field.type === 'boolean') input[field.name] = text === 'true';
    else if (text.trim() === '') {
      if (field.required) errors[field.name] = 'Required';
    } else {
      const value = parseText(field, text);
      if (value === undefined) errors[field.name] = field.type === 'number' ? 'A number' : 'Not JSON';
      else input[field.name] = value;
    }
  }
  return { input, errors };
}

function parseText(field: InputField, text: string): unknown {
  if (field.type === 'number') {
    const number = Number(text);
    return Number.isFinite(number) ? number : undefined;
  }
  if (field.type !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

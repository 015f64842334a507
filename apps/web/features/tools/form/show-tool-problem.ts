import type { UseFormReturn } from 'react-hook-form';
import { ApiProblem } from '../../../api-client.ts';
import type { ToolFormValues } from './tool-form.ts';

const fields = ['name', 'url', 'document_url', 'document', 'auth_kind'] as const;

/** Puts the server's field errors at their fields and focuses the first. False: there is nothing that belongs to a field. */
export function showToolProblem(form: UseFormReturn<ToolFormValues>, error: unknown): boolean {
  const errors = error instanceof ApiProblem ? error.errors : [];
  const found = errors.flatMap(({ field, message }) => {
    const path = fieldOf(field, form.getValues('auth_kind'));
    return path === null ? [] : [{ path, message }];
  });
  for (const [index, { path, message }] of found.entries()) form.setError(path, { message }, { shouldFocus: index === 0 });
  return found.length > 0;
}

function fieldOf(field: string, authKind: ToolFormValues['auth_kind']): (typeof fields)[number] | 'token' | 'headers' | null {
  if (field.startsWith('credential')) return authKind === 'bearer' ? 'token' : authKind === 'headers' ? 'headers' : 'auth_kind';
  return fields.find((name) => name === field) ?? null;
}

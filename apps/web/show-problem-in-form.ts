import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { ApiProblem } from './api-client.ts';

/** Puts the server's field errors at their fields, focuses the first, and everything else above the form as `root`. */
export function showProblemInForm<Values extends FieldValues>(form: UseFormReturn<Values>, error: unknown): void {
  const fields = Object.keys(form.getValues());
  const known = error instanceof ApiProblem ? error.errors.filter((each) => fields.includes(each.field.split('.')[0] ?? '')) : [];
  for (const [index, each] of known.entries()) {
    form.setError(each.field as Path<Values>, { message: each.message }, { shouldFocus: index === 0 });
  }
  if (known.length > 0) return;
  const message = error instanceof ApiProblem ? [error.detail, error.fix].filter(Boolean).join(' ') : 'Something went wrong in this page.';
  form.setError('root', { message });
}

import type { UseFormReturn } from 'react-hook-form';
import type { FormIssue } from './form-bodies.ts';
import type { ModelFormValues } from './form-values.ts';

/** Puts each issue at its field in place of what stood there, and the focus on the first. */
export function showIssues(form: UseFormReturn<ModelFormValues>, issues: readonly FormIssue[]): void {
  form.clearErrors();
  issues.forEach((issue, index) => {
    form.setError(issue.path as 'display_name', { message: issue.message }, { shouldFocus: index === 0 });
  });
}

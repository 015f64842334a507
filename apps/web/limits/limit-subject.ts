import type { LimitSubjectType } from '@pipelines/contracts';

/** What limits and budgets are on. `id` is null for the organization, the slug of a model. */
export interface LimitSubject {
  readonly type: LimitSubjectType;
  readonly id: string | null;
}

export const organizationSubject: LimitSubject = { type: 'organization', id: null };

/** As queries and bodies name it. */
export function subjectFields({ type, id }: LimitSubject): { readonly subject_type: LimitSubjectType; readonly subject_id?: string } {
  return { subject_type: type, ...(id !== null && { subject_id: id }) };
}

/** What its limits hold for, in one sentence. */
export const subjectMeanings: Record<LimitSubjectType, string> = {
  organization: 'All calls of the organization together: programs, the playground and pipelines.',
  api_key: 'All calls with this key.',
  member: 'All calls of this person on the page, and of the API keys that they made.',
  model: 'All calls of this model, by programs, on the page and in pipelines.',
};

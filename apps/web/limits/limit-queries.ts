import { routes } from '@pipelines/contracts';
import { queryOptions } from '@tanstack/react-query';
import { callApi } from '../api-client.ts';
import { type LimitSubject, subjectFields } from './limit-subject.ts';

/** Everything that shows limits or budgets; a change of one is a change of all. */
export const limitsKey = ['limits'] as const;
/** What is used changes with every call. */
const refreshMs = 5_000;

/** The call limits of a subject with what counts right now; null: there are none. */
export const callLimitQuery = (subject: LimitSubject) =>
  queryOptions({
    queryKey: [...limitsKey, 'calls', subject.type, subject.id],
    queryFn: async ({ signal }) => (await callApi(routes.listCallLimits, { query: subjectFields(subject), signal })).data[0] ?? null,
    refetchInterval: refreshMs,
  });

export const budgetsQuery = (subject: LimitSubject) =>
  queryOptions({
    queryKey: [...limitsKey, 'budgets', subject.type, subject.id],
    queryFn: async ({ signal }) => (await callApi(routes.listBudgets, { query: subjectFields(subject), signal })).data,
    refetchInterval: refreshMs,
  });

/** Budgets that have reached 80 %: what everybody is told of. */
export const reachedBudgetsQuery = queryOptions({
  queryKey: [...limitsKey, 'reached'],
  queryFn: async ({ signal }) => (await callApi(routes.listBudgets, { query: { reached: 80, limit: 50 }, signal })).data,
  refetchInterval: 30_000,
});

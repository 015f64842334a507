import { type Permission, routes, type Session } from '@pipelines/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiProblem, callApi } from './api-client.ts';
import { sessionQueryKey } from './query-client.ts';

/** Who is signed in; null for nobody. */
export const sessionQuery = queryOptions({
  queryKey: sessionQueryKey,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await callApi(routes.getSession, { signal });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** The session of the page; null only in the moment in which it has ended and the sign-in page opens. */
export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

/** Whether the signed-in member may do something. */
export function useMay(permission: Permission): boolean {
  return useSession()?.permissions.includes(permission) ?? false;
}

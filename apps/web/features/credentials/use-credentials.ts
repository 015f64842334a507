import { routes } from '@pipelines/contracts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';

export const credentialsQuery = queryOptions({
  queryKey: ['credentials'],
  queryFn: ({ signal }) => callApi(routes.listCredentials, { signal }),
});

/** Followed while it is looked at: calls elsewhere end the trial of a new secret. */
export function credentialQuery(id: string) {
  return queryOptions({
    queryKey: ['credentials', 'one', id],
    queryFn: ({ signal }) => callApi(routes.getCredential, { params: { id }, signal }),
    refetchInterval: 5_000,
  });
}

/** After a change: the credential, and the models that use it. */
export function useRefreshCredentials() {
  const queryClient = useQueryClient();
  return () => Promise.all(['credentials', 'models'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
}

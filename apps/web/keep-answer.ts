import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Shows what a change has answered. A question that was asked before the change and is still under way would tell older things: it is dropped. */
export function keepAnswer<Data>(queryClient: QueryClient, queryKey: QueryKey, answer: Data): void {
  void queryClient.cancelQueries({ queryKey, exact: true });
  queryClient.setQueryData(queryKey, answer);
}

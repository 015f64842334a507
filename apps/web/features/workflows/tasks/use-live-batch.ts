import { routes } from '@pipelines/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { fillAddress } from '../../../api-client.ts';
import { useEvents } from '../../../use-events.ts';
import { batchQuery } from '../workflow-queries.ts';

/** A batch that follows the server; asked for again and again where it cannot listen. */
export function useLiveBatch(id: string) {
  const queryClient = useQueryClient();
  const query = batchQuery(id);
  const address = fillAddress(routes.watchBatch.path, { id });
  const isLive = useEvents(address, routes.watchBatch.success.events, ({ batch }) => {
    // An answer that was asked for before may come later, and would be older.
    void queryClient.cancelQueries({ queryKey: query.queryKey });
    queryClient.setQueryData(query.queryKey, batch);
  });
  return useQuery({ ...query, enabled: !isLive });
}

import { routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { Status } from '../../../ui/status.tsx';

/** How many of the processes that serve calls have the model as it is shown here. */
export function LiveOn() {
  const replicas = useQuery({
    queryKey: ['replicas'],
    queryFn: ({ signal }) => callApi(routes.listReplicas, { signal }),
    refetchInterval: 5_000,
  });
  if (!replicas.data) return '…';
  const { live, total } = replicas.data;
  return (
    <span title="Processes of this server that serve calls, and have every change of the registry in memory">
      <Status tone={live === total ? 'ok' : 'warn'}>
        {live} of {total}
      </Status>
    </span>
  );
}

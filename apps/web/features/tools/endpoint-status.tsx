import type { ToolEndpoint } from '@pipelines/contracts';
import { Status } from '../../ui/status.tsx';

/** Whether its tools can be called, in a word. */
export function EndpointStatus({ endpoint }: { readonly endpoint: Pick<ToolEndpoint, 'enabled' | 'last_refresh'> }) {
  if (!endpoint.enabled) return <Status tone="off">Switched off</Status>;
  if (endpoint.last_refresh === null) return <Status tone="warn">Changed since its last refresh</Status>;
  return endpoint.last_refresh.passed ? <Status tone="ok">Ready</Status> : <Status tone="bad">Refresh failed</Status>;
}

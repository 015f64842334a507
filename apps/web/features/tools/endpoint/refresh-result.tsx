import type { ToolEndpointDetail } from '@pipelines/contracts';
import { Alert } from '../../../ui/alert.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import type { useRefresh } from './use-tool-endpoint.ts';

export interface RefreshResultProps {
  readonly refresh: ReturnType<typeof useRefresh>;
  readonly endpoint: ToolEndpointDetail;
}

/** What the refresh has brought; before any, why the last one failed. */
export function RefreshResult({ refresh, endpoint }: RefreshResultProps) {
  if (refresh.error) return <ProblemAlert error={refresh.error} />;
  const { data } = refresh;
  if (data?.passed) {
    const changes = [
      ['Added', data.added],
      ['Changed', data.changed],
      ['Removed', data.removed],
    ] as const;
    const found = changes.filter(([, names]) => names.length > 0);
    return (
      <Alert tone="ok" title={found.length === 0 ? `Nothing has changed. ${data.message}` : data.message}>
        {found.map(([word, names]) => (
          <span key={word} className="block">
            {word}: {names.join(', ')}
          </span>
        ))}
      </Alert>
    );
  }
  const failed = data ?? (endpoint.last_refresh?.passed === false ? endpoint.last_refresh : null);
  if (failed === null) return null;
  return (
    <Alert tone="bad" title={`The last refresh failed: ${failed.message}`}>
      {failed.fix} Its tools are those of the refresh before.
    </Alert>
  );
}

import { type Model, routes } from '@pipelines/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { ProbeButton } from './probe-button.tsx';
import { ProbeReport } from './probe-report.tsx';
import { SwitchesFromProbe } from './switches-from-probe.tsx';
import { useProbe } from './use-probe.ts';

/** The probes of a saved model, the newest first. */
export function useProbes(slug: string) {
  return useQuery({
    queryKey: ['models', 'probes', slug],
    queryFn: ({ signal }) => callApi(routes.listProbes, { params: { slug }, signal }),
  });
}

/** What was measured of a saved model, and the way to measure it anew. */
export function ModelProbe({ model, closed }: { readonly model: Model; readonly closed: string | null }) {
  const probes = useProbes(model.slug);
  const queryClient = useQueryClient();
  const { state, run, cancel } = useProbe();
  const latest = probes.data?.data[0];

  async function measure(): Promise<void> {
    await run('stored', (signal) => callApi(routes.probeModel, { params: { slug: model.slug }, signal }));
    await queryClient.invalidateQueries({ queryKey: ['models'] });
  }
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <ProbeButton
          running={state.phase === 'running'}
          unavailable={closed}
          inputPrice={model.input_cost_per_token}
          outputPrice={model.output_cost_per_token}
          onRun={() => void measure()}
          onCancel={cancel}
        />
        {probes.data && latest === undefined && (
          <span className="text-[13px] text-muted">Its switches are asserted, and nothing has been measured yet.</span>
        )}
        {latest?.current && model.kind === 'custom' && model.active && <SwitchesFromProbe model={model} probe={latest} closed={closed} />}
      </div>
      {state.phase === 'error' && <ProblemAlert error={state.error} />}
      <ProblemAlert error={probes.error} onRetry={() => void probes.refetch()} />
      {latest && <ProbeReport probe={latest} />}
    </div>
  );
}

import { connectionTestBodySchema, type Probe, routes } from '@pipelines/contracts';
import { callApi } from '../../../api-client.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { ProbeButton } from './probe-button.tsx';
import { useProbe } from './use-probe.ts';

export interface DraftProbeProps {
  /** Of the form as it is now. */
  readonly connectionKey: string;
  readonly unavailable: string | null;
  readonly inputPrice: string | null;
  readonly outputPrice: string | null;
  readonly body: () => Record<string, unknown>;
  readonly onMeasured: (measured: { readonly probe: Probe; readonly key: string }) => void;
}

/** Measures what is in the form before it is saved. */
export function DraftProbe({ connectionKey, unavailable, inputPrice, outputPrice, body, onMeasured }: DraftProbeProps) {
  const { state, run, cancel } = useProbe();
  async function measure(): Promise<void> {
    const connection = connectionTestBodySchema.parse(body());
    const probe = await run(connectionKey, (signal) => callApi(routes.probeConnection, { body: connection, signal }));
    if (probe) onMeasured({ probe, key: connectionKey });
  }
  return (
    <div className="flex flex-wrap items-center gap-3" aria-live="polite">
      <ProbeButton
        running={state.phase === 'running'}
        unavailable={unavailable}
        inputPrice={inputPrice}
        outputPrice={outputPrice}
        onRun={() => void measure()}
        onCancel={cancel}
      />
      {state.phase === 'done' && state.key === connectionKey && (
        <span className="text-[13px] text-muted">Measured by {state.probe.calls} calls.</span>
      )}
      {state.phase === 'error' && <ProblemAlert error={state.error} />}
    </div>
  );
}

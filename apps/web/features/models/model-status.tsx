import type { Model, ModelStatus as StatusName } from '@pipelines/contracts';
import { Status, type StatusTone } from '../../ui/status.tsx';

export const modelStatusNames: Record<StatusName, string> = {
  ready: 'Ready',
  failing: 'Failing',
  untested: 'Untested',
  not_configured: 'Not configured',
  deactivated: 'Deactivated',
};

const tones: Record<StatusName, StatusTone> = { ready: 'ok', failing: 'bad', untested: 'off', not_configured: 'warn', deactivated: 'off' };

export interface ModelStatusProps {
  readonly model: Pick<Model, 'status' | 'last_test'>;
  readonly isTesting?: boolean;
}

/** The word with the dot, and the latency of the last passed test. */
export function ModelStatus({ model, isTesting = false }: ModelStatusProps) {
  if (isTesting) return <Status tone="busy">Testing…</Status>;
  const latency = model.status === 'ready' && model.last_test?.passed ? `${model.last_test.latency_ms} ms` : null;
  return (
    <Status tone={tones[model.status]} detail={latency}>
      {modelStatusNames[model.status]}
    </Status>
  );
}

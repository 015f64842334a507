import type { Model, ModelStatus } from '@pipelines/contracts';
import { Status, type StatusTone } from '../../ui/status.tsx';

export const statusWords: Record<ModelStatus, { readonly word: string; readonly tone: StatusTone }> = {
  ready: { word: 'Ready', tone: 'ok' },
  failing: { word: 'Failing', tone: 'bad' },
  untested: { word: 'Untested', tone: 'off' },
  not_configured: { word: 'Not configured', tone: 'warn' },
  deactivated: { word: 'Deactivated', tone: 'off' },
};

export interface ModelStatusWordProps {
  readonly model: Pick<Model, 'status' | 'status_detail' | 'last_test'>;
  readonly isTesting?: boolean;
}

/** The word with the dot, and the latency of the last passed test. */
export function ModelStatusWord({ model, isTesting = false }: ModelStatusWordProps) {
  if (isTesting) return <Status tone="busy">Testing…</Status>;
  const { word, tone } = statusWords[model.status];
  const latency = model.status === 'ready' && model.last_test?.passed ? `${model.last_test.latency_ms} ms` : null;
  return (
    <span title={model.status_detail ?? undefined}>
      <Status tone={tone} detail={latency}>
        {word}
      </Status>
    </span>
  );
}

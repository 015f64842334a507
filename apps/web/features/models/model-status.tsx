import type { Model, ModelStatus } from '@pipelines/contracts';
import { Status, type StatusTone } from '../../ui/status.tsx';

export const statusWords: Record<ModelStatus, { readonly word: string; readonly tone: StatusTone }> = {
  ready: { word: 'Ready', tone: 'ok' },
  failing: { word: 'Failing', tone: 'bad' },
  untested: { word: 'Untested', tone: 'off' },
  not_configured: { word: 'Not configured', tone: 'warn' },
  deactivated: { word: 'Deactivated', tone: 'off' },
};

/** The word with the dot, and the latency of the last passed test. */
export function ModelStatusWord({ model }: { readonly model: Pick<Model, 'status' | 'last_test'> }) {
  const { word, tone } = statusWords[model.status];
  const latency = model.status === 'ready' && model.last_test?.passed ? `${model.last_test.latency_ms} ms` : null;
  return (
    <Status tone={tone} detail={latency}>
      {word}
    </Status>
  );
}

import type { ModelHealth, ModelHealthWord } from '@pipelines/contracts';
import { Status, type StatusTone } from './status.tsx';

export const healthWords: Record<ModelHealthWord, { readonly word: string; readonly tone: StatusTone }> = {
  healthy: { word: 'Healthy', tone: 'ok' },
  degraded: { word: 'Degraded', tone: 'warn' },
  failing: { word: 'Failing', tone: 'bad' },
  no_recent_calls: { word: 'No recent calls', tone: 'off' },
};

export interface HealthWordProps {
  readonly health: ModelHealth;
  /** Says beside the word how many of the calls were answered. */
  readonly withRate?: boolean;
}

/** What real calls say of a model, as a word with a dot; the numbers behind it on pointing. */
export function HealthWord({ health, withRate = false }: HealthWordProps) {
  const { word, tone } = healthWords[health.word];
  return (
    <span title={describeHealth(health)}>
      <Status tone={tone} detail={withRate && health.success_rate !== null ? formatShare(health.success_rate) : null}>
        {word}
      </Status>
    </span>
  );
}

/** Such as `98 of 100 calls of the last hour were answered`. */
export function describeHealth({ window_minutes, calls, failed_calls }: ModelHealth): string {
  if (window_minutes === null) return 'No call of the last day tells how it does.';
  const answered = (calls - failed_calls).toLocaleString('en');
  return `${answered} of ${calls.toLocaleString('en')} calls of the last ${window_minutes === 60 ? 'hour' : 'day'} were answered.`;
}

/** A share of one in percent. Rounded down, so that 100 % means all. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent === 100 ? 100 : Math.floor(percent * 10) / 10} %`;
}

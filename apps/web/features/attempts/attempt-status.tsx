import type { AttemptStatus as AttemptStatusName, UpstreamCause } from '@pipelines/contracts';
import { Status, type StatusTone } from '../../ui/status.tsx';

export const attemptStatusNames: Record<AttemptStatusName, string> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  canceled: 'Canceled',
  incomplete: 'Incomplete',
  unknown: 'Unknown',
};

const tones: Record<AttemptStatusName, StatusTone> = {
  succeeded: 'ok',
  failed: 'bad',
  canceled: 'off',
  incomplete: 'warn',
  unknown: 'off',
};

export interface AttemptStatusProps {
  readonly status: AttemptStatusName;
  readonly cause?: UpstreamCause | null;
}

export function AttemptStatus({ status, cause }: AttemptStatusProps) {
  return (
    <Status tone={tones[status]} detail={cause && status !== 'succeeded' ? causeWords(cause) : null}>
      {attemptStatusNames[status]}
    </Status>
  );
}

/** A cause in words: `rate_limited` → "rate limited". */
export function causeWords(cause: UpstreamCause): string {
  const special: Partial<Record<UpstreamCause, string>> = {
    bad_key: 'key refused',
    dns_failed: 'name not found',
    tls_failed: 'TLS failed',
    not_openai_shape: 'not OpenAI-shaped',
    canceled: 'by the caller',
  };
  return special[cause] ?? cause.replaceAll('_', ' ');
}

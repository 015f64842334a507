import type { Model } from '@pipelines/contracts';
import { Badge } from '../../ui/badge.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

const soonMs = 7 * 24 * 60 * 60 * 1000;

/** Warns of a credential that has ended or ends within seven days. */
export function CredentialWarning({ credential }: Pick<Model, 'credential'>) {
  if (!credential?.expires_at) return null;
  const leftMs = Date.parse(credential.expires_at) - Date.now();
  if (leftMs > soonMs) return null;
  return (
    <Badge tone={leftMs <= 0 ? 'bad' : 'warn'}>
      {leftMs <= 0 ? 'Key ended ' : 'Key ends '}
      <RelativeTime at={credential.expires_at} />
    </Badge>
  );
}

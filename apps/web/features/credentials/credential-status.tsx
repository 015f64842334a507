import type { Credential, CredentialStatus } from '@pipelines/contracts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Status, type StatusTone } from '../../ui/status.tsx';

const words: Record<CredentialStatus, { readonly word: string; readonly tone: StatusTone }> = {
  in_use: { word: 'In use', tone: 'ok' },
  unused: { word: 'Not used', tone: 'off' },
  trying: { word: 'Trying the new secret', tone: 'busy' },
  returned: { word: 'Old secret in use', tone: 'warn' },
  expires_soon: { word: 'Expires soon', tone: 'warn' },
  expired: { word: 'Expired', tone: 'bad' },
};

export function CredentialStatusWord({ credential }: { readonly credential: Pick<Credential, 'status' | 'expires_at'> }) {
  const { word, tone } = words[credential.status];
  return (
    <>
      <Status tone={tone}>{word}</Status>
      {credential.expires_at && (
        <span className="block text-muted text-xs">
          {credential.status === 'expired' ? 'ended ' : 'ends '}
          <RelativeTime at={credential.expires_at} />
        </span>
      )}
    </>
  );
}

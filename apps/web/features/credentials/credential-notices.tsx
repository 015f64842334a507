import type { Credential } from '@pipelines/contracts';
import { Alert } from '../../ui/alert.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** What somebody must know of a credential now: a trial, a refusal, an end. */
export function CredentialNotices({ credential }: { readonly credential: Credential }) {
  const { trial, refused, status, expires_at } = credential;
  return (
    <div className="grid gap-3 empty:hidden">
      {trial && (
        <Alert live={false} tone="info" title="The new secret is being tried">
          Calls use <code className="font-mono">{trial.preview}</code>, entered <RelativeTime at={trial.since} />. The old one (
          <code className="font-mono">{trial.kept_preview}</code>) is kept until a call has worked, and comes back by itself if the provider
          refuses the new one.
        </Alert>
      )}
      {refused && (
        <Alert live={false} tone="warn" title="The provider refused the new secret, so the old one is used again">
          <code className="font-mono">{refused.preview}</code> was refused <RelativeTime at={refused.at} />. Check it at the provider, then
          replace the secret again.
        </Alert>
      )}
      {status === 'expired' && expires_at && (
        <Alert live={false} tone="bad" title="This credential has expired">
          It ended <RelativeTime at={expires_at} />. Replace the secret.
        </Alert>
      )}
      {status === 'expires_soon' && expires_at && (
        <Alert live={false} tone="warn" title="This credential expires soon">
          It ends <RelativeTime at={expires_at} />. Replace the secret before then.
        </Alert>
      )}
    </div>
  );
}

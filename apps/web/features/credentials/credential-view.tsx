import type { Credential } from '@pipelines/contracts';
import { Link, useNavigate } from '@tanstack/react-router';
import { RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../session-query.ts';
import { Button } from '../../ui/button.tsx';
import { formatUsd } from '../../ui/decimal-text.ts';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { HealthWord } from '../../ui/health-word.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { providerNames } from '../../ui/provider-names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { CredentialNotices } from './credential-notices.tsx';
import { CredentialStatusWord } from './credential-status.tsx';
import { DeleteCredentialDialog } from './delete-credential-dialog.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { ReplaceSecretDialog } from './replace-secret-dialog.tsx';

export function CredentialView({ credential }: { readonly credential: Credential }) {
  const [dialog, setDialog] = useState<'replace' | 'delete' | null>(null);
  const mayWrite = useMay('credentials:write');
  const navigate = useNavigate();
  const close = () => setDialog(null);
  return (
    <>
      <PageHeader
        documentTitle={`Credential ${credential.preview}`}
        title={<span className="font-mono">{credential.preview}</span>}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {providerNames[credential.provider]}
            <CredentialStatusWord credential={credential} />
          </span>
        }
        actions={
          <>
            <Button
              variant="primary"
              icon={<RefreshCw aria-hidden className="size-4" />}
              unavailable={mayWrite ? null : 'Only admins change credentials.'}
              onClick={() => setDialog('replace')}
            >
              Replace secret
            </Button>
            <Button
              variant="ghost"
              size="icon"
              aria-label="Delete credential"
              icon={<Trash2 aria-hidden className="size-4" />}
              unavailable={mayWrite ? whyKept(credential.active_model_count) : 'Only admins delete credentials.'}
              onClick={() => setDialog('delete')}
            />
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <CredentialNotices credential={credential} />
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <section className="rounded-xl border border-line px-4 pb-2">
            <h2 className="border-line border-b py-2.5 font-medium">Credential</h2>
            <Facts facts={factsOf(credential)} />
            <ExpiryField credential={credential} mayWrite={mayWrite} />
          </section>
          <section aria-label="Models" className="rounded-xl border border-line px-4 pb-2">
            <h2 className="border-line border-b py-2.5 font-medium">Models that use it</h2>
            {credential.models.length === 0 && <p className="py-2 text-[13px] text-muted">None.</p>}
            <ul className="divide-y divide-line">
              {credential.models.map((model) => (
                <li key={model.slug} className="flex justify-between gap-3 py-2 text-[13px]">
                  <Link to="/models/$slug" params={{ slug: model.slug }} className="min-w-0 break-words font-medium hover:underline">
                    {model.display_name}
                  </Link>
                  {model.active ? <HealthWord health={model.health} /> : <span className="text-muted">Deactivated</span>}
                </li>
              ))}
            </ul>
            <OtherUsers credential={credential} />
          </section>
        </div>
      </div>
      {dialog === 'replace' && <ReplaceSecretDialog credential={credential} onClose={close} />}
      {dialog === 'delete' && (
        <DeleteCredentialDialog credential={credential} onClose={close} onDeleted={() => void navigate({ to: '/credentials' })} />
      )}
    </>
  );
}

/** The models that are not named. */
function OtherUsers({ credential }: { readonly credential: Credential }) {
  const { id, models, model_count, active_model_count } = credential;
  if (model_count <= models.length) return null;
  return (
    <p className="border-line border-t py-2 text-[13px]">
      {active_model_count > models.length ? (
        <Link to="/models" search={{ credential: id }} className="underline underline-offset-2">
          All {active_model_count.toLocaleString()} active models
        </Link>
      ) : (
        <span className="text-muted">and {(model_count - models.length).toLocaleString()} more that are deactivated</span>
      )}
    </p>
  );
}

function whyKept(activeModels: number): string | null {
  if (activeModels === 0) return null;
  return `${activeModels} active ${activeModels === 1 ? 'model uses' : 'models use'} it.`;
}

function factsOf({ provider, destination, usage, health, last_used_at, created_at }: Credential): Fact[] {
  const unknown = usage.unknown_cost_calls > 0 ? `, ${usage.unknown_cost_calls.toLocaleString()} of unknown cost` : '';
  return [
    { name: 'Provider', value: providerNames[provider] },
    {
      name: 'Sent only to',
      value: (
        <span className="font-mono">
          {destination.base_url}
          {destination.region && ` (${destination.region})`}
        </span>
      ),
    },
    {
      name: 'Spend, 30 days',
      value: `${formatUsd(usage.cost)} for ${usage.calls.toLocaleString()} ${usage.calls === 1 ? 'call' : 'calls'}${unknown}`,
    },
    { name: 'Health', value: <HealthWord health={health} withRate /> },
    { name: 'Last used', value: last_used_at ? <RelativeTime at={last_used_at} /> : 'Never' },
    { name: 'Saved', value: <RelativeTime at={created_at} /> },
  ];
}

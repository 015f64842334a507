import type { Model } from '@pipelines/contracts';
import { Alert } from '../../../ui/alert.tsx';

/** Says once above the list why the platform models cannot be called, and who can change that. */
export function PlatformNotice({ models }: { readonly models: readonly Model[] }) {
  const blocked = models.find((model) => model.status === 'not_configured');
  if (!blocked) return null;
  return (
    <div className="mb-4">
      <Alert tone="warn" title="Platform models are not configured on this server.">
        {blocked.status_detail} Custom models work without it.
      </Alert>
    </div>
  );
}

import type { ModelImpact } from '@pipelines/contracts';
import { Alert } from '../../../ui/alert.tsx';
import { ImpactList } from './impact-list.tsx';
import { countAffected } from './use-impact.ts';

/** What saving an edit does to others, told before it is saved. Nothing where it does nothing. */
export function EditImpact({ impact }: { readonly impact: ModelImpact | undefined }) {
  if (!impact) return null;
  const shared = impact.shared_with.map(({ display_name }) => display_name);
  if (impact.effect === null && shared.length === 0) return null;
  const verb = impact.effect === 'breaks' ? 'breaks' : impact.effect === 'may_break' ? 'may break' : 'changes';
  const title = impact.effect === null ? 'The new credentials are used by other models too' : `Saving ${verb} ${countAffected(impact)}`;
  return (
    <Alert tone={impact.effect === 'breaks' ? 'bad' : 'warn'} title={title}>
      {shared.length > 0 && <p>These models use the same credentials, and get the new ones: {shared.join(', ')}.</p>}
      {impact.effect !== null && (
        <details className="mt-1">
          <summary className="cursor-pointer font-medium text-fg">Who and why</summary>
          <div className="mt-2 max-h-48 overflow-y-auto bg-bg">
            <ImpactList impact={impact} />
          </div>
        </details>
      )}
    </Alert>
  );
}

import { Alert } from '../../../ui/alert.tsx';
import { ImpactList } from '../impact/impact-list.tsx';
import { countAffected, useImpact } from '../impact/use-impact.ts';

export interface RetirementNoticeProps {
  readonly slug: string;
  /** The day from which on the provider may end the model. */
  readonly retiresOn: string;
}

/** That a model ends, and whom it takes along. */
export function RetirementNotice({ slug, retiresOn }: RetirementNoticeProps) {
  const impact = useImpact(slug, { kind: 'retire', retires_on: retiresOn });
  return (
    <Alert live={false} tone="warn" title={`Its provider may end this model from ${retiresOn} on`}>
      {impact.data?.effect ? `${countAffected(impact.data)} use it. Repoint them before then.` : 'Choose another model before then.'}
      {impact.data?.effect && (
        <details className="mt-1">
          <summary className="cursor-pointer font-medium text-fg">Who and why</summary>
          <div className="mt-2 max-h-64 overflow-y-auto bg-bg">
            <ImpactList impact={impact.data} />
          </div>
        </details>
      )}
    </Alert>
  );
}

import type { CredentialTest } from '@pipelines/contracts';
import { Status } from '../../ui/status.tsx';

/** What each model says to the new secret. */
export function ModelVerdicts({ test }: { readonly test: CredentialTest }) {
  return (
    <ul aria-label="What the models say" className="max-h-48 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-bg">
      {test.data.map((verdict) => (
        <li key={verdict.slug} className="px-3 py-2 text-[13px]">
          <div className="flex flex-wrap justify-between gap-x-3">
            <span className="font-medium">{verdict.display_name}</span>
            <Status tone={verdict.passed ? 'ok' : 'bad'} detail={verdict.passed ? `${verdict.latency_ms} ms` : null}>
              {verdict.passed ? 'Passed' : 'Failed'}
            </Status>
          </div>
          {!verdict.passed && (
            <div className="text-muted">
              {verdict.message} {verdict.fix}
            </div>
          )}
        </li>
      ))}
      {test.untested > 0 && <li className="px-3 py-2 text-[13px] text-muted">{test.untested} more were not tested.</li>}
    </ul>
  );
}

import type { Catalogue, CatalogueSync } from '@pipelines/contracts';
import { Alert } from '../../ui/alert.tsx';
import { Facts } from '../../ui/facts.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Status, type StatusTone } from '../../ui/status.tsx';

const outcomes: Readonly<Record<CatalogueSync['outcome'], { readonly word: string; readonly tone: StatusTone }>> = {
  updated: { word: 'Changes taken over', tone: 'ok' },
  unchanged: { word: 'Nothing new', tone: 'ok' },
  failed: { word: 'Failed', tone: 'bad' },
};

export function CatalogueState({ catalogue }: { readonly catalogue: Catalogue }) {
  const { last_sync: last, next_sync_at: next, offered, known } = catalogue;
  return (
    <div className="mb-5 space-y-4">
      {last?.outcome === 'failed' && (
        <Alert live={false} tone="bad" title={last.message}>
          {last.fix} The models stay as they were.
        </Alert>
      )}
      <div className="max-w-2xl">
        <Facts
          facts={[
            {
              name: 'Last read',
              value:
                last === null ? (
                  'Never: what you see is the list that came with this release.'
                ) : (
                  <span className="inline-flex flex-wrap items-center gap-2">
                    <Status tone={outcomes[last.outcome].tone}>{outcomes[last.outcome].word}</Status>
                    <span className="text-muted">
                      <RelativeTime at={last.at} />
                    </span>
                  </span>
                ),
            },
            {
              name: 'Next',
              value: next === null ? 'Only when somebody asks' : <time dateTime={next}>{new Date(next).toLocaleString()}</time>,
            },
            { name: 'Models', value: `${offered} offered here, of ${known.toLocaleString()} that the source is known to have` },
          ]}
        />
      </div>
    </div>
  );
}

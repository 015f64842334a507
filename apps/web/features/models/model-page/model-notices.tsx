import type { Model } from '@pipelines/contracts';
import { Alert } from '../../../ui/alert.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { TestResult } from '../connection-form/test-result.tsx';
import { ReactivateButton } from './reactivate-button.tsx';
import { RetirementNotice } from './retirement-notice.tsx';
import type { useModelTest } from './use-model-test.ts';

export interface ModelNoticesProps {
  readonly model: Model;
  readonly test: ReturnType<typeof useModelTest>;
}

/** What somebody should know before relying on the model: the running test, and standing warnings. */
export function ModelNotices({ model, test }: ModelNoticesProps) {
  return (
    <>
      {test.state.phase !== 'idle' && (
        <TestResult state={test.state} currentKey="stored" idleText="" passedText={null} onApply={() => undefined} onCancel={test.cancel} />
      )}
      {test.state.phase === 'idle' && <StandingNotice model={model} />}
      {model.active && <EndNotice model={model} />}
    </>
  );
}

function StandingNotice({ model }: { readonly model: Model }) {
  if (!model.active) {
    return (
      <Alert
        live={false}
        tone="warn"
        title="This model has been deactivated"
        action={model.kind === 'custom' && <ReactivateButton model={model} />}
      >
        Calls to it fail. Its log and its costs stay.
      </Alert>
    );
  }
  if (model.status === 'not_configured') return <Alert live={false} tone="warn" title={model.status_detail ?? 'Not configured'} />;
  if (model.untested_since !== null) {
    return (
      <Alert live={false} tone="warn" title="Untested since the last change">
        The connection was edited <RelativeTime at={model.untested_since} /> and has not passed a test since.
      </Alert>
    );
  }
  if (model.status === 'failing' && model.last_test) {
    return (
      <Alert live={false} tone="bad" title={model.status_detail ?? 'The last test failed'}>
        Last tested <RelativeTime at={model.last_test.at} />.
      </Alert>
    );
  }
  return null;
}

/** What its source says of its end, whatever else there is to say. */
function EndNotice({ model }: { readonly model: Model }) {
  if (!model.listed) {
    return (
      <Alert live={false} tone="warn" title="Its source lists this model no more">
        It is kept, and calls go on as long as the source answers them. Choose another model before it ends.
      </Alert>
    );
  }
  if (model.retires_on) {
    return <RetirementNotice slug={model.slug} retiresOn={model.retires_on} />;
  }
  return null;
}

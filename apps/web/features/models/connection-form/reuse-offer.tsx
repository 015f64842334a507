import type { ConnectionTest } from '@pipelines/contracts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';

export interface ReuseOfferProps {
  readonly credential: NonNullable<ConnectionTest['reusable_credential']>;
  readonly onReuse: () => void;
}

/** The entered secret is one that the organization has saved: one row for one account is easier to keep. */
export function ReuseOffer({ credential, onReuse }: ReuseOfferProps) {
  const models = credential.models.length === 0 ? '' : ` It serves ${credential.models.join(', ')}.`;
  return (
    <Alert
      tone="info"
      title="These credentials are saved already"
      action={
        <Button size="small" onClick={onReuse}>
          Reuse saved credentials
        </Button>
      }
    >
      <code className="font-mono text-xs">{credential.preview}</code>
      {models && <span>.{models}</span>}
    </Alert>
  );
}

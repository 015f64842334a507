import type { Model } from '@pipelines/contracts';
import { Button } from '../../../ui/button.tsx';

/** The masked preview: all that anybody ever sees of a stored secret. */
export function StoredCredential({ model, onReplace }: { readonly model: Model; readonly onReplace: () => void }) {
  return (
    <div>
      <div className="mb-1.5 font-medium text-[13px]">Credentials</div>
      <div className="flex flex-wrap items-center justify-between gap-2 rounded-lg border border-line bg-panel px-3 py-2">
        {model.credential ? (
          <code className="font-mono text-[13px]">{model.credential.preview}</code>
        ) : (
          <span className="text-[13px] text-muted">This endpoint is called without credentials.</span>
        )}
        <Button size="small" onClick={onReplace}>
          {model.credential ? 'Replace' : 'Add credentials'}
        </Button>
      </div>
    </div>
  );
}

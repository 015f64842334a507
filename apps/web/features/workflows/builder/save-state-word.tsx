import { Button } from '../../../ui/button.tsx';
import type { SaveState } from './autosave.ts';
import type { Draft } from './use-draft.ts';

const words: Record<SaveState, string> = {
  saved: 'Saved',
  unsaved: 'Saving…',
  saving: 'Saving…',
  failed: 'Not saved',
  conflict: 'Changed by somebody else',
};

/** Whether the draft is on the server, and the way to try again. */
export function SaveStateWord({ draft }: { readonly draft: Draft }) {
  const { saveState, autosave } = draft;
  const error = autosave.error();
  return (
    <span className="flex items-center gap-2 text-[13px]">
      <span role="status" className={saveState === 'failed' ? 'text-bad' : 'text-muted'}>
        {words[saveState]}
        {saveState === 'failed' && error instanceof Error && `: ${error.message}`}
      </span>
      {saveState === 'failed' && (
        <Button size="small" onClick={() => void autosave.flush()}>
          Try again
        </Button>
      )}
    </span>
  );
}

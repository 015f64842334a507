import type { Graph } from '@pipelines/contracts';
import { showToast } from '../../../ui/toast.ts';
import type { History } from '../graph/history.ts';
import { standingTexts, type UnfinishedTexts } from '../graph/unfinished-texts.ts';
import type { Autosave } from './autosave.ts';

/** What is edited and saved together. */
export interface DraftContent {
  readonly name: string;
  readonly graph: Graph;
}

/** A draft with everything of it that is not on the server. */
export interface OpenDraft {
  /** Whose it is, and of which workflow. */
  readonly key: string;
  readonly autosave: Autosave<DraftContent>;
  history: History<DraftContent>;
  /** What is typed in fields and is no value yet: nothing that the server could have. */
  unfinished: UnfinishedTexts;
}

/** Those that are shown, and those that were left before the server had all of them, or with a field half typed. */
const open = new Map<string, OpenDraft>();
const shown = new Set<OpenDraft>();

const isSaved = ({ autosave }: OpenDraft) => autosave.state() === 'saved';
const isDone = (draft: OpenDraft) => isSaved(draft) && standingTexts(draft.unfinished, draft.history.present.graph).length === 0;

/** The draft that was left here unsaved or half typed; without one, another begins. */
export function findDraft(key: string, begin: () => OpenDraft): OpenDraft {
  return open.get(key) ?? begin();
}

/**
 * Holds a draft while it is shown. One that is left goes on being saved, is found again by whoever comes back before it is,
 * and holds back the closing of the tab.
 *
 * @returns leaves it
 */
export function showDraft(draft: OpenDraft): () => void {
  open.set(draft.key, draft);
  shown.add(draft);
  // What could not be saved when it was left is tried again at once.
  if (draft.autosave.state() === 'failed') void draft.autosave.flush();
  return () => {
    shown.delete(draft);
    void leave(draft);
  };
}

async function leave(draft: OpenDraft): Promise<void> {
  if (!isSaved(draft)) await draft.autosave.flush();
  if (shown.has(draft)) return;
  if (isDone(draft) && open.get(draft.key) === draft) open.delete(draft.key);
  if (isSaved(draft)) return;
  showToast({
    tone: 'bad',
    title: `${draft.history.present.name} is not saved.`,
    description: 'Open it again: your edits are kept until then.',
  });
}

/** For `beforeunload`: closing the tab asks first where it would lose edits. */
export function holdUnsaved(event: Pick<Event, 'preventDefault'>): void {
  if ([...open.values()].some((draft) => !isDone(draft))) event.preventDefault();
}

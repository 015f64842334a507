import { type Graph, routes, type Workflow } from '@pipelines/contracts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { ApiProblem, callApi } from '../../../api-client.ts';
import { keepAnswer } from '../../../keep-answer.ts';
import { useSession } from '../../../session-query.ts';
import { beginHistory, type History, record, redo, undo } from '../graph/history.ts';
import { noTexts, standingTexts, type UnfinishedTexts } from '../graph/unfinished-texts.ts';
import { workflowQuery } from '../workflow-queries.ts';
import { createAutosave } from './autosave.ts';
import { type DraftContent, findDraft, holdUnsaved, showDraft } from './open-drafts.ts';

const autosaveDelayMs = 1_200;

const contentOf = ({ name, draft: graph }: Workflow): DraftContent => ({ name, graph });

/** The draft of a workflow in this page: its history, and the way to the server. */
export function useDraft(workflow: Workflow) {
  const queryClient = useQueryClient();
  const key = `${useSession()?.member.id} ${workflow.id}`;
  const [draft] = useState(() =>
    findDraft(key, () => ({
      key,
      autosave: beginAutosave(queryClient, workflow),
      history: beginHistory(contentOf(workflow)),
      unfinished: noTexts,
    })),
  );
  const { autosave } = draft;
  const [history, setHistory] = useState(draft.history);
  const [unfinished, setUnfinished] = useState(draft.unfinished);
  const saveState = useSyncExternalStore(autosave.subscribe, autosave.state);

  const show = useCallback(
    (next: History<DraftContent>) => {
      draft.history = next;
      setHistory(next);
    },
    [draft],
  );
  const changeTexts = useCallback(
    (change: (texts: UnfinishedTexts, graph: Graph) => UnfinishedTexts) => {
      draft.unfinished = change(draft.unfinished, draft.history.present.graph);
      setUnfinished(draft.unfinished);
    },
    [draft],
  );
  const move = useCallback(
    (next: History<DraftContent>) => {
      if (next === draft.history) return;
      show(next);
      autosave.edit(next.present);
    },
    [autosave, draft, show],
  );

  useEffect(() => showDraft(draft), [draft]);
  // For good: a draft that was left may still be on its way when the tab is closed.
  useEffect(() => window.addEventListener('beforeunload', holdUnsaved), []);

  // What failed while there was no network is tried again as soon as there is one.
  useEffect(() => {
    const retry = () => void (autosave.state() === 'failed' && autosave.flush());
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [autosave]);

  // What others have saved is shown as long as nothing of this page would be lost by it.
  useEffect(() => {
    if (autosave.state() !== 'saved' || workflow.revision <= autosave.revision()) return;
    autosave.settle(workflow.revision);
    if (JSON.stringify(contentOf(workflow)) !== JSON.stringify(draft.history.present)) show(beginHistory(contentOf(workflow)));
  }, [autosave, draft, show, workflow]);

  return {
    content: history.present,
    /** What is typed in fields and is no value yet. */
    unfinished: useMemo(() => standingTexts(unfinished, history.present.graph), [unfinished, history.present.graph]),
    changeTexts,
    saveState,
    autosave,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    /** Edits of one `tag` in quick succession are undone together. */
    edit: useCallback(
      (change: (content: DraftContent) => DraftContent, tag: string | null = null) =>
        move(record(draft.history, change(draft.history.present), tag, Date.now())),
      [draft, move],
    ),
    undo: useCallback(() => move(undo(draft.history)), [draft, move]),
    redo: useCallback(() => move(redo(draft.history)), [draft, move]),
    /** After a conflict: their draft takes this one's place. */
    takeTheirs: useCallback(
      (theirs: Workflow) => {
        show(record(draft.history, contentOf(theirs), null, Date.now()));
        autosave.settle(theirs.revision);
      },
      [autosave, draft, show],
    ),
    /** After a conflict: this draft is saved over theirs, knowingly. */
    keepMine: useCallback((theirs: Workflow) => autosave.settle(theirs.revision, draft.history.present), [autosave, draft]),
  };
}
export type Draft = ReturnType<typeof useDraft>;

function beginAutosave(queryClient: QueryClient, { id, revision: first }: Workflow) {
  return createAutosave<DraftContent>({
    revision: first,
    delayMs: autosaveDelayMs,
    isConflict: (error) => error instanceof ApiProblem && error.code === 'conflict',
    save: async ({ name, graph }, revision) => {
      const saved = await callApi(routes.updateWorkflow, { params: { id }, body: { name, draft: graph, revision } });
      keepAnswer(queryClient, workflowQuery(id).queryKey, saved);
      return saved.revision;
    },
  });
}

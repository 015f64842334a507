import { type Graph, routes, type Workflow } from '@pipelines/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { ApiProblem, callApi } from '../../../api-client.ts';
import { beginHistory, type History, record, redo, undo } from '../graph/history.ts';
import { workflowQuery } from '../workflow-queries.ts';
import { type Autosave, createAutosave } from './autosave.ts';

/** What is edited and saved together. */
export interface DraftContent {
  readonly name: string;
  readonly graph: Graph;
}

const autosaveDelayMs = 1_200;

/** The draft of a workflow in this page: its history, and the way to the server. */
export function useDraft(workflow: Workflow) {
  const queryClient = useQueryClient();
  const [history, setHistory] = useState<History<DraftContent>>(() => beginHistory({ name: workflow.name, graph: workflow.draft }));
  const [autosave] = useState<Autosave<DraftContent>>(() =>
    createAutosave({
      revision: workflow.revision,
      delayMs: autosaveDelayMs,
      isConflict: (error) => error instanceof ApiProblem && error.code === 'conflict',
      save: async ({ name, graph }, revision) => {
        const saved = await callApi(routes.updateWorkflow, { params: { id: workflow.id }, body: { name, draft: graph, revision } });
        queryClient.setQueryData(workflowQuery(workflow.id).queryKey, saved);
        return saved.revision;
      },
    }),
  );
  const saveState = useSyncExternalStore(autosave.subscribe, autosave.state);
  const current = useRef(history);

  const move = useCallback(
    (next: History<DraftContent>) => {
      if (next === current.current) return;
      current.current = next;
      setHistory(next);
      autosave.edit(next.present);
    },
    [autosave],
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (autosave.state() !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      void autosave.flush();
    };
  }, [autosave]);

  return {
    content: history.present,
    saveState,
    autosave,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    /** Edits of one `tag` in quick succession are undone together. */
    edit: useCallback(
      (change: (content: DraftContent) => DraftContent, tag: string | null = null) =>
        move(record(current.current, change(current.current.present), tag, Date.now())),
      [move],
    ),
    undo: useCallback(() => move(undo(current.current)), [move]),
    redo: useCallback(() => move(redo(current.current)), [move]),
    /** After a conflict: their draft takes this one's place. */
    takeTheirs: useCallback(
      (theirs: Workflow) => {
        current.current = record(current.current, { name: theirs.name, graph: theirs.draft }, null, Date.now());
        setHistory(current.current);
        autosave.settle(theirs.revision);
      },
      [autosave],
    ),
    /** After a conflict: this draft is saved over theirs, knowingly. */
    keepMine: useCallback((theirs: Workflow) => autosave.settle(theirs.revision, current.current.present), [autosave]),
  };
}
export type Draft = ReturnType<typeof useDraft>;

import { type GraphProblem, routes, type Workflow } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { keepAnswer } from '../../../keep-answer.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useWhileShown } from '../../../use-while-shown.ts';
import { diffGraphs } from '../graph/diff-graphs.ts';
import { workflowQuery, workflowVersionQuery, workflowVersionsQuery } from '../workflow-queries.ts';
import { GraphDiffView } from './graph-diff-view.tsx';
import { ProblemList } from './problem-list.tsx';
import type { Draft } from './use-draft.ts';

export interface PublishDialogProps {
  readonly workflow: Workflow;
  readonly draft: Draft;
  /** What has to be solved first. */
  readonly problems: readonly GraphProblem[];
  readonly onOpenProblem: (problem: GraphProblem) => void;
  readonly onClose: () => void;
}

/** Makes the draft a version: saved first, so that what is shown is what is published. */
export function PublishDialog({ workflow, draft, problems, onOpenProblem, onClose }: PublishDialogProps) {
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const [note, setNote] = useState('');
  const published = useQuery({
    ...workflowVersionQuery(workflow.id, workflow.published_version ?? 1),
    enabled: workflow.published_version !== null,
  });
  const publish = useMutation({
    mutationFn: async () => {
      const revision = await draft.autosave.flush();
      if (revision === null) throw draft.autosave.error();
      return callApi(routes.publishWorkflow, {
        params: { id: workflow.id },
        body: { revision, ...(note.trim() ? { note: note.trim() } : {}) },
      });
    },
    onSuccess: async (done) => {
      keepAnswer(queryClient, workflowQuery(workflow.id).queryKey, done);
      showToast({ title: `Version ${done.published_version} is published.` });
      whileShown(onClose);
      await queryClient.invalidateQueries({ queryKey: workflowVersionsQuery(workflow.id).queryKey });
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      discards="The note is not kept. The draft stays as it is."
      title="Publish"
      description="New tasks run the new version. Tasks under way end with theirs."
      footer={
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" pending={publish.isPending} unavailable={whyNot(problems)} onClick={() => publish.mutate()}>
            Publish
          </Button>
        </div>
      }
    >
      <div className="space-y-5">
        <ProblemAlert error={publish.error} />
        {problems.length > 0 && (
          <section aria-label="Problems by step">
            <h3 className="mb-2 font-medium text-[13px] text-bad">{whyNot(problems)}</h3>
            <ProblemList
              graph={draft.content.graph}
              problems={problems}
              onOpen={(problem) => {
                onClose();
                onOpenProblem(problem);
              }}
            />
          </section>
        )}
        <Field label="What has changed?" note="optional">
          <Textarea value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </Field>
        {workflow.published_version !== null && (
          <section aria-label="Changes">
            <h3 className="mb-2 font-medium text-[13px]">Since version {workflow.published_version}</h3>
            {published.isLoading && <Skeleton className="h-16" />}
            {published.data && <GraphDiffView diff={diffGraphs(published.data.graph, draft.content.graph)} />}
          </section>
        )}
      </div>
    </Dialog>
  );
}

function whyNot(problems: readonly GraphProblem[]): string | null {
  if (problems.length === 0) return null;
  return problems.length === 1 ? 'Solve the problem first.' : `Solve the ${problems.length} problems first.`;
}

import { type CandidateResult, type Evaluation, routes } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { callApi } from '../../../../api-client.ts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import { showToast } from '../../../../ui/toast.ts';
import { useWhileShown } from '../../../../use-while-shown.ts';
import { workflowQuery, workflowVersionQuery } from '../../workflow-queries.ts';
import { planDraft } from './plan-draft.ts';

export interface UseCandidateDialogProps {
  readonly evaluation: Evaluation;
  readonly candidate: CandidateResult;
  readonly onClose: () => void;
}

/** Puts the candidate's models into the draft of the pipeline, on the revision that is shown, and opens the builder. */
export default function UseCandidateDialog({ evaluation, candidate, onClose }: UseCandidateDialogProps) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const { id } = evaluation.workflow;
  const workflow = useQuery(workflowQuery(id));
  const version = useQuery(workflowVersionQuery(id, candidate.version));
  const plan = workflow.data && version.data ? planDraft(workflow.data.draft, version.data.graph, candidate) : null;
  const use = useMutation({
    mutationFn: async () => {
      if (!plan?.draft || !workflow.data) return;
      const body = { draft: plan.draft, revision: workflow.data.revision };
      queryClient.setQueryData(workflowQuery(id).queryKey, await callApi(routes.updateWorkflow, { params: { id }, body }));
    },
    onSuccess: async () => {
      showToast({ title: `The draft uses ${candidate.label}.`, description: 'Publish it when it is ready.', tone: 'ok' });
      await whileShown(() => navigate({ to: '/workflows/$id', params: { id } }));
    },
  });
  const problem = plan?.problem ?? workflow.error?.message ?? version.error?.message ?? use.error?.message;
  return (
    <ConfirmDialog
      open
      title={`Use ${candidate.label}?`}
      action="Open the draft"
      pending={use.isPending || plan === null}
      error={problem}
      onConfirm={() => plan?.draft && use.mutate()}
      onCancel={onClose}
    >
      <p>{plan?.words ?? 'Looking at the draft…'}</p>
      <p className="mt-2">Only the draft of {evaluation.workflow.name} changes. What is published goes on until you publish.</p>
    </ConfirmDialog>
  );
}

import { createEvaluationBodySchema, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiProblem, callApi } from '../../../../api-client.ts';
import { Alert } from '../../../../ui/alert.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../../ui/problem-alert.tsx';
import { useWhileShown } from '../../../../use-while-shown.ts';
import { CandidateSection } from './candidate-section.tsx';
import { CheckSection } from './check-section.tsx';
import { toBody } from './draft-evaluation.ts';
import { SubjectSection } from './subject-section.tsx';
import { useEvaluationDraft } from './use-evaluation-draft.ts';

const formId = 'create-evaluation';

/** What is compared, on which rows, and by which checks. */
export default function CreateEvaluationDialog({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const draft = useEvaluationDraft();
  const [isTried, setIsTried] = useState(false);
  const body = toBody(draft.draft, draft.models);
  const parsed = createEvaluationBodySchema.safeParse(body);
  const create = useMutation({
    mutationFn: () => callApi(routes.createEvaluation, { body }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['evaluations', 'list'] });
      await queryClient.invalidateQueries({ queryKey: ['datasets', 'list'] });
      await whileShown(() => navigate({ to: '/evaluations/$id', params: { id }, search: {} }));
    },
  });
  const refused = create.error instanceof ApiProblem ? create.error.errors : [];
  /** What is wrong with a field, such as `checks.0.rubric`: as the page sees it, or as the server has said. */
  const errorOf = (path: string): string | null => {
    if (!isTried) return null;
    const issue = parsed.error?.issues.find((each) => each.path.join('.') === path);
    return issue?.message ?? refused.find((each) => each.field === path)?.message ?? null;
  };
  const asksOutside = draft.graph?.steps.some((step) => step.kind === 'http') ?? false;
  const hasReview = draft.graph?.steps.some((step) => step.kind === 'review') ?? false;

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsTried(true);
    if (parsed.success && draft.draft.checks.every((check) => check.unread === null)) create.mutate();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      discards="No evaluation is made, and nothing is run."
      width="large"
      title="New evaluation"
      description="The same rows run through each candidate, and what comes out is checked."
      footer={
        <div className="flex flex-wrap items-center justify-end gap-2">
          <span className="mr-auto text-[13px] text-muted">{describeSize(draft.dataset?.rows, draft.draft.candidates.length)}</span>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={formId} pending={create.isPending}>
            Run
          </Button>
        </div>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="space-y-6">
        <ProblemAlert error={create.error} />
        {refused.length > 0 && (
          <ul className="list-disc pl-5 text-[13px] text-bad">
            {refused.slice(0, 10).map(({ field, message }) => (
              <li key={`${field} ${message}`}>
                {field}: {message}
              </li>
            ))}
          </ul>
        )}
        <SubjectSection draft={draft} errorOf={errorOf} />
        {draft.draft.workflowId !== null && <CandidateSection draft={draft} errorOf={errorOf} />}
        {asksOutside && (
          <Alert tone="warn" live={false} title="This pipeline calls other addresses.">
            Its HTTP steps are called for real, for every row of every candidate.
          </Alert>
        )}
        {hasReview && (
          <Alert tone="info" live={false} title="Reviews pass by themselves here.">
            Nobody is asked for every row of every candidate.
          </Alert>
        )}
        {draft.draft.workflowId !== null && <CheckSection draft={draft} errorOf={errorOf} />}
      </form>
    </Dialog>
  );
}

function describeSize(rows: number | undefined, candidates: number): string {
  return rows === undefined || candidates === 0 ? '' : `${(rows * candidates).toLocaleString('en')} tasks, each called and paid for`;
}

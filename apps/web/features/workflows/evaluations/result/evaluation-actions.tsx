import { type Evaluation, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleX, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { callApi, fillAddress } from '../../../../api-client.ts';
import { keepAnswer } from '../../../../keep-answer.ts';
import { useMay } from '../../../../session-query.ts';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import { showToast } from '../../../../ui/toast.ts';
import { ResultsMenu } from '../../tasks/results-menu.tsx';
import { evaluationQuery, isOver } from '../evaluation-queries.ts';

const actions = { cancel: routes.cancelEvaluation, retry: routes.retryEvaluation } as const;

/** Cancel, retry what has failed, take the results home. */
export function EvaluationActions({ evaluation }: { readonly evaluation: Evaluation }) {
  const queryClient = useQueryClient();
  const role = useMay('workflows:write') ? null : 'Your role does not run evaluations.';
  const [isAsking, setIsAsking] = useState(false);
  const change = useMutation({
    mutationFn: (action: keyof typeof actions) => callApi(actions[action], { params: { id: evaluation.id } }),
    onSuccess: async (changed) => {
      keepAnswer(queryClient, evaluationQuery(evaluation.id).queryKey, changed);
      setIsAsking(false);
      await queryClient.invalidateQueries({ queryKey: ['evaluations'] });
    },
    onError: (error) => showToast({ title: 'The evaluation was not changed.', description: error.message, tone: 'bad' }),
  });
  const failed = evaluation.candidates.reduce((sum, { tasks }) => sum + tasks.failed, 0);
  return (
    <>
      {!isOver(evaluation) && (
        <Button variant="danger" icon={<CircleX aria-hidden className="size-4" />} unavailable={role} onClick={() => setIsAsking(true)}>
          Cancel
        </Button>
      )}
      {evaluation.state === 'finished' && failed > 0 && (
        <Button
          icon={<RotateCcw aria-hidden className="size-4" />}
          unavailable={role}
          pending={change.isPending}
          onClick={() => change.mutate('retry')}
        >
          Retry {failed.toLocaleString('en')} failed
        </Button>
      )}
      <ResultsMenu
        name={evaluation.name}
        addressOf={(format) => fillAddress(routes.getEvaluationResults.path, { id: evaluation.id }, { format })}
      />
      <ConfirmDialog
        open={isAsking}
        title="Cancel the evaluation?"
        action="Cancel the evaluation"
        danger
        pending={change.isPending}
        onConfirm={() => change.mutate('cancel')}
        onCancel={() => setIsAsking(false)}
      >
        Tasks that have not ended will not go on. What has been checked stays.
      </ConfirmDialog>
    </>
  );
}

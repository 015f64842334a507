import { routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { taskQuery } from '../workflow-queries.ts';

export interface ReviewFormProps {
  readonly stepRunId: string;
  readonly taskId: string;
}

/** A person passes or fails what a step has made, with a comment. */
export function ReviewForm({ stepRunId, taskId }: ReviewFormProps) {
  const queryClient = useQueryClient();
  const role = useMay('workflows:write') ? null : 'Your role does not review.';
  const [comment, setComment] = useState('');
  const review = useMutation({
    mutationFn: (verdict: 'pass' | 'fail') =>
      callApi(routes.reviewStep, { params: { id: stepRunId }, body: { verdict, ...(comment.trim() ? { comment: comment.trim() } : {}) } }),
    onSuccess: () => queryClient.invalidateQueries(taskQuery(taskId)),
  });
  const closed = role ?? (review.isPending || review.isSuccess ? 'The verdict is on its way.' : null);
  return (
    <section aria-label="Review" className="space-y-3">
      <ProblemAlert error={review.error} />
      <Field label="Comment" note="optional">
        <Textarea value={comment} maxLength={5_000} onChange={(event) => setComment(event.target.value)} />
      </Field>
      <div className="flex gap-2">
        <Button
          variant="primary"
          icon={<Check aria-hidden className="size-4" />}
          unavailable={review.variables === 'pass' && review.isPending ? null : closed}
          pending={review.isPending && review.variables === 'pass'}
          onClick={() => review.mutate('pass')}
        >
          Pass
        </Button>
        <Button
          variant="danger"
          icon={<X aria-hidden className="size-4" />}
          unavailable={review.variables === 'fail' && review.isPending ? null : closed}
          pending={review.isPending && review.variables === 'fail'}
          onClick={() => review.mutate('fail')}
        >
          Fail
        </Button>
      </div>
    </section>
  );
}

import { ApiProblem } from '../api-client.ts';
import { Alert } from './alert.tsx';
import { Button } from './button.tsx';

export interface ProblemAlertProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** A failed call in the server's words: what happened, what to do, and the ID to quote. Nothing without an error. */
export function ProblemAlert({ error, onRetry }: ProblemAlertProps) {
  if (!error) return null;
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <Alert
      tone="bad"
      title={problem?.detail ?? 'Something went wrong in this page.'}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {problem?.fix ?? 'Reload the page and try again.'}
      {problem?.request_id && <span className="mt-1 block font-mono text-xs">Request {problem.request_id}</span>}
    </Alert>
  );
}

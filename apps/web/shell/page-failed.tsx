import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { ApiProblem } from '../api-client.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';

/** A page that could not be shown, with the way to try again. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  function retry() {
    // A part of the page that did not come, such as after an upgrade of the server, comes only with the page anew.
    if (!(error instanceof ApiProblem)) return window.location.reload();
    reset();
    void router.invalidate();
  }
  return (
    <div className="mx-auto max-w-xl p-6">
      <ProblemAlert error={error} onRetry={retry} />
    </div>
  );
}

import { ConcurrencyLimitForm } from '../../../concurrency-limit-form.tsx';

/** What is set for all runs of a workflow. */
export function WorkflowSettings({ workflowId }: { readonly workflowId: string }) {
  return (
    <section aria-label="Concurrency limit" className="space-y-3">
      <div>
        <h2 className="font-medium">Concurrency limit</h2>
        <p className="text-[13px] text-muted">How many tasks of this pipeline run at the same time, over all servers.</p>
      </div>
      <ConcurrencyLimitForm subject={{ type: 'workflow', id: workflowId }} />
    </section>
  );
}

import { ConcurrencyLimitForm } from '../../../concurrency-limit-form.tsx';
import { LimitsOf } from '../../../limits/limits-of.tsx';

/** How many LLM steps ask the model at a time: for providers that refuse more. */
export function ModelLimit({ slug }: { readonly slug: string }) {
  return (
    <section aria-label="Concurrency limit" className="rounded-xl border border-line">
      <h2 className="border-line border-b px-4 py-2.5 font-medium">Concurrency limit</h2>
      <div className="p-4">
        <ConcurrencyLimitForm subject={{ type: 'model', id: slug }} />
      </div>
    </section>
  );
}

/** What may be called and spent of the model in the organization. */
export function ModelLimits({ slug }: { readonly slug: string }) {
  return (
    <section aria-label="Limits and budgets" className="rounded-xl border border-line">
      <h2 className="border-line border-b px-4 py-2.5 font-medium">Limits and budgets</h2>
      <div className="p-4">
        <LimitsOf subject={{ type: 'model', id: slug }} />
      </div>
    </section>
  );
}

import { ConcurrencyLimitForm } from '../../../concurrency-limit-form.tsx';

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

import type { Model } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { callExamples } from '../../../call-examples.ts';
import { CodeTabs } from '../../../ui/code-tabs.tsx';

/** How a program calls it: lines to paste, complete but for the key. */
export function ModelCall({ model: { slug, task } }: { readonly model: Model }) {
  const examples = callExamples({ origin: window.location.origin, slug, task, apiKey: null });
  return (
    <section>
      <h2 className="mb-2 font-medium">Call it from a program</h2>
      <CodeTabs label="Clients" examples={examples} />
      <p className="mt-2 text-[13px] text-muted">
        Any client of these APIs works with an{' '}
        <Link to="/api-keys" className="font-medium text-primary-text underline underline-offset-2">
          API key
        </Link>
        .
      </p>
    </section>
  );
}

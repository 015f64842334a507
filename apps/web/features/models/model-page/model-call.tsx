import type { Model } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { CodeBlock } from '../../../ui/code-block.tsx';

/** How a program calls it: a line to paste, complete but for the key. */
export function ModelCall({ model }: { readonly model: Model }) {
  const command = curlCommand(window.location.origin, model.slug);
  return (
    <section>
      <h2 className="mb-2 font-medium">Call it from a program</h2>
      <CodeBlock code={command} what="curl command" />
      <p className="mt-2 text-[13px] text-muted">
        Any OpenAI client works with the base URL <code className="font-mono text-xs">{window.location.origin}/v1</code> and an{' '}
        <Link to="/api-keys" className="font-medium text-primary-text underline underline-offset-2">
          API key
        </Link>
        .
      </p>
    </section>
  );
}

function curlCommand(origin: string, slug: string): string {
  const body = JSON.stringify({ model: slug, messages: [{ role: 'user', content: 'Hello' }], stream: true });
  return [
    `curl ${origin}/v1/chat/completions \\`,
    '  -H "Authorization: Bearer $PIPELINES_API_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${body}'`,
  ].join('\n');
}

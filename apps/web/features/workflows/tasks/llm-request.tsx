import { CodeBlock } from '../../../ui/code-block.tsx';
import { readRequest } from './read-request.ts';

/** What an LLM step has sent: the messages to read, what was left out and why, and the whole body. */
export function LlmRequest({ input }: { readonly input: unknown }) {
  const { messages, remarks, body } = readRequest(input);
  return (
    <div className="min-w-0 space-y-2">
      <p className="font-medium text-[13px]">Input</p>
      {messages.map((message) => (
        <div key={message.key} className="rounded-lg border border-line px-3 py-2">
          <p className="text-muted text-xs">{message.role}</p>
          <p className="mt-0.5 max-h-64 overflow-y-auto whitespace-pre-wrap break-words text-[13px]">{message.text}</p>
        </div>
      ))}
      {remarks.length > 0 && (
        <ul aria-label="Left out or changed" className="list-disc space-y-0.5 pl-4 text-warn text-xs">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      <details className="text-[13px]">
        <summary className="font-medium">Exact request</summary>
        <p className="my-1.5 text-muted text-xs">
          The body as it was sent for this model. The credential travels beside it and is never kept.
        </p>
        <CodeBlock code={JSON.stringify(body, null, 2)} what="the request" />
      </details>
    </div>
  );
}

import type { AttemptContent, KeptBody } from '@pipelines/contracts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { TextDiff } from '../../ui/text-diff.tsx';
import { formatBody } from './format-body.ts';

/** The bodies of a call: what the caller sent beside what went to the provider, and the answer. */
export default function KeptContent({ content }: { readonly content: AttemptContent }) {
  const { request, upstream_request, answer, deleted_at } = content;
  return (
    <div className="space-y-4">
      {upstream_request === null ? (
        <Body label="Request" body={request} note="It went to the provider as it came." />
      ) : (
        <>
          <TextDiff
            label="Request: as it came, and as it went to the provider"
            before={formatBody(request.text)}
            after={formatBody(upstream_request.text)}
          />
          <CutOff body={request} />
        </>
      )}
      {answer === null ? (
        <p className="text-[13px] text-muted">There was no answer to keep.</p>
      ) : (
        <Body label="Answer" body={answer} note="As the caller got it." />
      )}
      <p className="text-muted text-xs">
        Kept <RelativeTime at={content.kept_at} />, deleted on {new Date(deleted_at).toLocaleDateString()}. Headers and credentials are
        never kept.
      </p>
    </div>
  );
}

function Body({ label, body, note }: { readonly label: string; readonly body: KeptBody; readonly note: string }) {
  return (
    <section aria-label={label}>
      <h4 className="mb-1.5 font-medium text-[13px]">
        {label} <span className="font-normal text-muted">{note}</span>
      </h4>
      <div className="max-h-96 overflow-y-auto">
        <CodeBlock code={formatBody(body.text)} what={`the ${label.toLowerCase()}`} />
      </div>
      <CutOff body={body} />
    </section>
  );
}

function CutOff({ body }: { readonly body: KeptBody }) {
  if (!body.truncated) return null;
  return <p className="mt-1 text-warn text-xs">Only the beginning is kept, of {body.bytes.toLocaleString()} bytes.</p>;
}

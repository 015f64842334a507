import { Badge } from '../../../../ui/badge.tsx';
import { CodeBlock } from '../../../../ui/code-block.tsx';
import { formatDuration } from '../../../../ui/format-duration.ts';
import { Money } from '../../../../ui/money.tsx';
import { LlmRequest } from '../../tasks/llm-request.tsx';
import type { Try } from './try-state.ts';

/** What has come of a try: the answer as it streams, then what it cost. */
export function TryResult({ state }: { readonly state: Try }) {
  const isJson = state.output !== undefined && typeof state.output !== 'string';
  return (
    <div className="space-y-3 rounded-lg border border-line bg-bg p-3">
      {state.thinking !== '' && (
        <details className="text-[13px] text-muted" open={state.text === ''}>
          <summary>Thinking</summary>
          <p className="mt-1.5 max-h-48 overflow-y-auto whitespace-pre-wrap break-words">{state.thinking}</p>
        </details>
      )}
      {isJson ? (
        <CodeBlock code={JSON.stringify(state.output, null, 2)} what="the output" />
      ) : (
        <p
          aria-busy={state.status === 'running'}
          className="max-h-96 overflow-y-auto whitespace-pre-wrap break-words text-[13px] leading-relaxed"
        >
          {state.text}
          {state.status === 'running' && (
            <span aria-hidden className="ml-0.5 inline-block h-3.5 w-1.5 animate-pulse bg-primary align-text-bottom" />
          )}
        </p>
      )}
      {state.error !== null && (
        <p role="alert" className="rounded-lg border border-bad/40 bg-bad-tint px-3 py-2 text-[13px]">
          {state.error}
        </p>
      )}
      <Attempts state={state} />
      {state.request !== null && state.status !== 'running' && <LlmRequest input={state.request} />}
    </div>
  );
}

function Attempts({ state }: { readonly state: Try }) {
  return (
    <div role="status" className="space-y-1 text-muted text-xs tabular-nums">
      {state.attempts.map((attempt) => (
        <p key={attempt.attempt_id}>
          {attempt.slug}: {attempt.status}
          {attempt.prompt_tokens !== null && ` · ${attempt.prompt_tokens} + ${attempt.completion_tokens ?? 0} tokens`} ·{' '}
          {formatDuration(attempt.latency_ms)} · <Money amount={attempt.cost} />
        </p>
      ))}
      {state.status === 'stopped' && <Badge>Stopped</Badge>}
      {state.status === 'finished' && (
        <p className="text-fg">
          Finished in {formatDuration(state.latencyMs)}, cost <Money amount={state.cost} />
        </p>
      )}
    </div>
  );
}

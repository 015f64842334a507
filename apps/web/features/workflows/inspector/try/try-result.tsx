import { Badge } from '../../../../ui/badge.tsx';
import { CodeBlock } from '../../../../ui/code-block.tsx';
import { formatDuration } from '../../../../ui/format-duration.ts';
import { Money } from '../../../../ui/money.tsx';
import { LlmRequest } from '../../tasks/llm-request.tsx';
import { TryRound } from './try-round.tsx';
import { silent, type Try } from './try-state.ts';

/** What has come of a try: the answer as it streams, with tools round by round, then what it cost. */
export function TryResult({ state }: { readonly state: Try }) {
  // The model is not asked yet.
  const rounds = state.rounds.length === 0 && state.status === 'running' ? [silent(1)] : state.rounds;
  const isJson = state.output !== undefined && typeof state.output !== 'string';
  return (
    <div className="space-y-3 rounded-lg border border-line bg-bg p-3">
      {rounds.map((round, index) => {
        const isLast = index === rounds.length - 1;
        const isLive = isLast && state.status === 'running' && round.calls.length === 0;
        return <TryRound key={round.number} round={round} isLive={isLive} hidesText={isLast && isJson} />;
      })}
      {isJson && <CodeBlock code={JSON.stringify(state.output, null, 2)} what="the output" />}
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

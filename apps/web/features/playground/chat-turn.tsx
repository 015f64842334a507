import { Badge } from '../../ui/badge.tsx';
import { formatUsd } from '../../ui/decimal-text.ts';
import type { Outcome, Turn } from './chat-state.ts';

/** One question or answer. Model output is text: nothing in it is ever interpreted. */
export function ChatTurn({ turn }: { readonly turn: Turn }) {
  const isUser = turn.role === 'user';
  return (
    <article aria-label={isUser ? 'Question' : 'Answer'} className={isUser ? 'flex justify-end' : ''}>
      <div className={isUser ? 'max-w-[85%] rounded-xl bg-accent/60 px-3.5 py-2.5' : 'max-w-full'}>
        {turn.reasoning !== '' && (
          <details className="mb-2 rounded-lg border border-line bg-panel px-3 py-2 text-[13px] text-muted">
            <summary>Thinking</summary>
            <p className="mt-2 whitespace-pre-wrap break-words">{turn.reasoning}</p>
          </details>
        )}
        {turn.images.length > 0 && (
          <div className="mb-2 flex flex-wrap gap-2">
            {turn.images.map((source, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the images of a turn never change
              <img key={index} src={source} alt={`Attachment ${index + 1}`} className="max-h-40 rounded-md border border-line" />
            ))}
          </div>
        )}
        <p className="whitespace-pre-wrap break-words leading-relaxed">
          {turn.text}
          {!isUser && turn.outcome === null && (
            <span aria-hidden className="ml-0.5 inline-block h-4 w-1.5 animate-pulse bg-primary align-text-bottom" />
          )}
        </p>
        {turn.outcome && <OutcomeLine outcome={turn.outcome} />}
      </div>
    </article>
  );
}

function OutcomeLine({ outcome }: { readonly outcome: Outcome }) {
  const facts = [
    outcome.promptTokens === null ? null : `${outcome.promptTokens} + ${outcome.completionTokens ?? 0} tokens`,
    outcome.promptTokens === null ? null : outcome.cost === null ? 'cost unknown' : formatUsd(outcome.cost),
    outcome.firstTokenMs === null ? null : `first token ${outcome.firstTokenMs} ms`,
    `${outcome.latencyMs} ms`,
    outcome.finishReason === 'length' ? 'cut at the token limit' : null,
  ].filter((fact) => fact !== null);
  return (
    <>
      {outcome.error && (
        <p role="alert" className="mt-2 rounded-lg border border-bad/40 bg-bad-tint px-3 py-2 text-[13px]">
          {outcome.error}
        </p>
      )}
      <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs tabular-nums">
        {outcome.status === 'stopped' && <Badge tone="warn">Stopped</Badge>}
        {outcome.status === 'failed' && <Badge tone="bad">Failed</Badge>}
        {facts.join(' · ')}
      </p>
    </>
  );
}

import { ToolCallList } from '../../tasks/tool-call-list.tsx';
import type { Round } from './try-state.ts';

export interface TryRoundProps {
  readonly round: Round;
  /** It is being said. */
  readonly isLive: boolean;
  /** The output stands elsewhere, whole. */
  readonly hidesText: boolean;
}

/** What the model says in one call of it, as it comes, and what the tools answer that it asks for. */
export function TryRound({ round: { text, thinking, calls }, isLive, hidesText }: TryRoundProps) {
  return (
    <>
      {thinking !== '' && (
        <details className="text-[13px] text-muted" open={text === '' && calls.length === 0}>
          <summary>Thinking</summary>
          <p className="mt-1.5 max-h-48 overflow-y-auto whitespace-pre-wrap break-words">{thinking}</p>
        </details>
      )}
      {!hidesText && (text !== '' || isLive) && (
        <p aria-busy={isLive} className="max-h-96 overflow-y-auto whitespace-pre-wrap break-words text-[13px] leading-relaxed">
          {text}
          {isLive && <span aria-hidden className="ml-0.5 inline-block h-3.5 w-1.5 animate-pulse bg-primary align-text-bottom" />}
        </p>
      )}
      {calls.length > 0 && <ToolCallList calls={calls} />}
    </>
  );
}

import type { LiveAnswer } from './task-events.ts';

/** An answer as it comes. Model output is text: nothing in it is ever interpreted. */
export function LiveAnswerText({ answer }: { readonly answer: LiveAnswer }) {
  return (
    <section aria-label="Answer as it comes" className="min-w-0 space-y-2">
      <p className="font-medium text-[13px]">Output, as it comes</p>
      {answer.thinking !== '' && <p className="max-h-40 overflow-y-auto whitespace-pre-wrap text-[13px] text-muted">{answer.thinking}</p>}
      <p className="whitespace-pre-wrap break-words text-[13px] leading-relaxed">
        {answer.text}
        <span aria-hidden className="ml-0.5 inline-block h-3.5 w-1.5 animate-pulse bg-primary align-text-bottom" />
      </p>
    </section>
  );
}

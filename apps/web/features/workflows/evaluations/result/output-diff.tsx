import { diffTexts } from '../../../../ui/diff-texts.ts';
import { wholeText } from './readable.ts';

/** An output with what it has and lacks against another. */
export function OutputDiff({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const parts = diffTexts(wholeText(before), wholeText(after));
  return (
    <div className="min-w-0">
      <p className="mb-1 font-medium text-[13px]">Output, against the first candidate</p>
      <pre className="whitespace-pre-wrap break-words rounded-lg border border-line bg-surface p-3 font-mono text-xs leading-relaxed">
        {parts.map((part) => {
          if (part.kind === 'added')
            return (
              <ins key={part.key} className="bg-ok-tint">
                {part.text}
              </ins>
            );
          if (part.kind === 'removed')
            return (
              <del key={part.key} className="bg-bad-tint text-bad">
                {part.text}
              </del>
            );
          return <span key={part.key}>{part.text}</span>;
        })}
      </pre>
    </div>
  );
}

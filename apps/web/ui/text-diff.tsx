import { type DiffPart, diffTexts } from './diff-texts.ts';

export interface TextDiffProps {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** Two texts side by side with what went and what came; one of them where they are the same, nothing where both are empty. */
export function TextDiff({ label, before, after }: TextDiffProps) {
  if (before === '' && after === '') return null;
  if (before === after) {
    return (
      <section aria-label={label}>
        <h3 className="mb-1.5 font-medium text-[13px]">
          {label} <span className="font-normal text-muted">is the same in both</span>
        </h3>
        <p className="max-h-48 overflow-y-auto whitespace-pre-wrap break-words rounded-lg border border-line p-3 text-[13px]">{before}</p>
      </section>
    );
  }
  const parts = diffTexts(before, after);
  return (
    <section aria-label={label}>
      <h3 className="mb-1.5 font-medium text-[13px]">{label}</h3>
      <div className="grid gap-4 sm:grid-cols-2">
        <Side parts={parts} hides="added" />
        <Side parts={parts} hides="removed" />
      </div>
    </section>
  );
}

/** Marked by more than colour: what went is struck through, what came is underlined. */
function Side({ parts, hides }: { readonly parts: readonly DiffPart[]; readonly hides: 'added' | 'removed' }) {
  const shown = parts.filter((part) => part.kind !== hides);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <p tabIndex={0} className="max-h-80 overflow-y-auto whitespace-pre-wrap break-words rounded-lg border border-line p-3 text-[13px]">
      {shown.map((part) =>
        part.kind === 'same' ? (
          <span key={part.key}>{part.text}</span>
        ) : part.kind === 'removed' ? (
          <del key={part.key} className="bg-bad-tint decoration-bad">
            {part.text}
          </del>
        ) : (
          <ins key={part.key} className="bg-ok-tint decoration-ok decoration-2">
            {part.text}
          </ins>
        ),
      )}
    </p>
  );
}

import type { StepRun } from '@pipelines/contracts';
import type { ReactNode } from 'react';
import { formatDuration } from '../../../ui/format-duration.ts';
import { Money } from '../../../ui/money.tsx';
import { type DiffPart, diffTexts } from './diff-texts.ts';
import { readRequest } from './read-request.ts';
import { sumAttempts } from './sum-attempts.ts';

export interface GenerationDiffProps {
  readonly before: StepRun;
  readonly after: StepRun;
}

/** Facts beside each other, then each text with what went and what came. */
export function GenerationDiff({ before, after }: GenerationDiffProps) {
  const [one, other] = [sumAttempts(before.attempts), sumAttempts(after.attempts)];
  const rows: readonly (readonly [name: string, before: ReactNode, after: ReactNode])[] = [
    ['Model', one.models, other.models],
    ['Asked by', askers[before.trigger], askers[after.trigger]],
    ['Calls', before.attempts.length, after.attempts.length],
    ['Tokens in / out', one.tokens, other.tokens],
    ['Latency', formatDuration(one.latencyMs), formatDuration(other.latencyMs)],
    ['Cost', <Money key="before" amount={one.cost} />, <Money key="after" amount={other.cost} />],
  ];
  return (
    <div className="space-y-5">
      <table className="w-full table-fixed text-[13px]">
        <caption className="sr-only">Facts of both generations</caption>
        <thead>
          <tr className="border-line border-b text-left text-muted text-xs">
            <td className="w-36 py-1.5" />
            <th scope="col" className="py-1.5 font-medium">
              Generation {before.generation}
            </th>
            <th scope="col" className="py-1.5 font-medium">
              Generation {after.generation}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, left, right]) => (
            <tr key={name} className="border-line border-b">
              <th scope="row" className="py-1.5 text-left font-normal text-muted">
                {name}
              </th>
              <td className="break-words py-1.5 tabular-nums">{left}</td>
              <td className="break-words py-1.5 tabular-nums">{right}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <TextDiff label="Output" before={outputOf(before)} after={outputOf(after)} />
      <TextDiff label="Thinking" before={before.thinking ?? ''} after={after.thinking ?? ''} />
      <TextDiff label="Request" before={requestOf(before)} after={requestOf(after)} />
    </div>
  );
}

const askers: Record<StepRun['trigger'], string> = { auto: 'the pipeline', user: 'a builder', admin: 'an admin' };

const print = (value: unknown) =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value, null, 2);
const outputOf = (run: StepRun) => run.error?.message ?? print(run.output);
const requestOf = (run: StepRun) => print(readRequest(run.input).body);

function TextDiff({ label, before, after }: { readonly label: string; readonly before: string; readonly after: string }) {
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

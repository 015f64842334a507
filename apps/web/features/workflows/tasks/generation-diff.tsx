import type { StepRun } from '@pipelines/contracts';
import type { ReactNode } from 'react';
import { formatDuration } from '../../../ui/format-duration.ts';
import { Money } from '../../../ui/money.tsx';
import { TextDiff } from '../../../ui/text-diff.tsx';
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

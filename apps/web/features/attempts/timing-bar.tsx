import type { Attempt } from '@pipelines/contracts';
import { formatDuration } from '../../ui/format-duration.ts';
import { splitTimes, type TimePart } from './split-times.ts';

const parts: Record<TimePart, { readonly name: string; readonly color: string }> = {
  queue: { name: 'Waited in the gateway', color: 'bg-muted/60' },
  connect: { name: 'Connected', color: 'bg-warn' },
  thinking: { name: 'Until the first byte', color: 'bg-primary' },
  answer: { name: 'Until the last byte', color: 'bg-ok' },
};

/** Where the time of a call went: a bar for the eye, and the numbers. */
export function TimingBar({ attempt }: { readonly attempt: Attempt }) {
  const spans = splitTimes(attempt);
  const totalMs = spans.reduce((sum, { durationMs }) => sum + durationMs, 0);
  if (spans.length === 0) return <p className="text-[13px] text-muted">Not measured: the call has no known end.</p>;
  return (
    <>
      <div aria-hidden className="mb-2 flex h-2.5 gap-px overflow-hidden rounded-full bg-hover">
        {spans.map(
          ({ part, durationMs }) =>
            durationMs > 0 && <div key={part} className={parts[part].color} style={{ flexGrow: durationMs, minWidth: 2 }} />,
        )}
      </div>
      <table className="w-full text-[13px]">
        <caption className="sr-only">Timings</caption>
        <tbody>
          {spans.map(({ part, durationMs }) => (
            <tr key={part} className="border-line border-b">
              <th scope="row" className="py-1.5 text-left font-normal text-muted">
                <span aria-hidden className={`mr-2 inline-block size-2 rounded-full ${parts[part].color}`} />
                {parts[part].name}
              </th>
              <td className="py-1.5 text-right tabular-nums">
                {part === 'connect' && durationMs === 0 ? 'was open' : formatDuration(durationMs)}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row" className="py-1.5 text-left font-medium">
              Together
            </th>
            <td className="py-1.5 text-right font-medium tabular-nums">{formatDuration(totalMs)}</td>
          </tr>
        </tbody>
      </table>
    </>
  );
}

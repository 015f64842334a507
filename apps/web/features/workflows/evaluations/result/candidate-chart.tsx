import type { CandidateResult } from '@pipelines/contracts';
import { useState } from 'react';
import { formatDuration } from '../../../../ui/format-duration.ts';
import { Segmented } from '../../../../ui/segmented.tsx';
import { useWidth } from '../../../../ui/use-width.ts';
import { markOf } from './candidate-colors.ts';
import { CandidateMark, CandidateShape } from './candidate-mark.tsx';
import { scaleFor } from './chart-scale.ts';

const heightPx = 300;
const leftPx = 48;
const rightPx = 28;
const topPx = 12;
const bottomPx = 40;
const plotHeightPx = heightPx - topPx - bottomPx;

type Against = 'cost' | 'latency';

const axes: Record<
  Against,
  { readonly title: string; readonly measure: (candidate: CandidateResult) => number | null; readonly format: (value: number) => string }
> = {
  cost: {
    title: 'Cost per task, USD',
    measure: ({ cost_per_task }) => (cost_per_task === null ? null : Number(cost_per_task)),
    format: (value) => `$${Number(value.toPrecision(4))}`,
  },
  latency: {
    title: 'Latency of a task, median',
    measure: ({ task_latency_p50_ms }) => task_latency_p50_ms,
    format: (value) => formatDuration(Math.round(value)),
  },
};

/** Quality upward, cost or latency to the right: the better candidate stands higher, the cheaper or faster one more to the left. The same numbers are in the table. */
export function CandidateChart({ candidates }: { readonly candidates: readonly CandidateResult[] }) {
  const [against, setAgainst] = useState<Against>('cost');
  const [frameRef, widthPx] = useWidth<HTMLDivElement>(560);
  const { title, measure, format } = axes[against];
  const points = candidates.flatMap((candidate) => {
    const value = measure(candidate);
    return value === null || candidate.pass_rate === null ? [] : [{ ...candidate, value, pass_rate: candidate.pass_rate }];
  });
  const scale = scaleFor(points.map((point) => point.value));
  const toX = (value: number) => leftPx + (value / scale.end) * Math.max(1, widthPx - leftPx - rightPx);
  const toY = (rate: number) => topPx + (1 - rate) * plotHeightPx;
  const summary = points.map((point) => `${point.label}: ${Math.round(point.pass_rate.rate * 100)} % at ${format(point.value)}`).join('; ');
  return (
    <section aria-label="Chart" className="rounded-xl border border-line bg-surface p-4">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-medium">Quality against {against}</h2>
        <Segmented
          label="Quality against"
          value={against}
          onValueChange={setAgainst}
          options={[
            { value: 'cost', label: 'Cost' },
            { value: 'latency', label: 'Latency' },
          ]}
        />
      </div>
      <div ref={frameRef}>
        {points.length === 0 ? (
          <p className="flex items-center justify-center text-muted" style={{ height: heightPx }}>
            Points appear with the first rows that are checked.
          </p>
        ) : (
          <svg
            role="img"
            aria-label={`Passed rows against ${title}. ${summary}`}
            width={widthPx}
            height={heightPx}
            className="block max-w-full"
          >
            {[0, 0.25, 0.5, 0.75, 1].map((rate) => (
              <g key={rate}>
                <line x1={leftPx} x2={widthPx - rightPx} y1={toY(rate)} y2={toY(rate)} className="stroke-line" />
                <text x={leftPx - 8} y={toY(rate) + 4} textAnchor="end" className="fill-muted text-[11px]">
                  {rate * 100} %
                </text>
              </g>
            ))}
            {scale.ticks.map((tick) => (
              <text key={tick} x={toX(tick)} y={heightPx - bottomPx + 16} textAnchor="middle" className="fill-muted text-[11px]">
                {format(tick)}
              </text>
            ))}
            <text x={(leftPx + widthPx - rightPx) / 2} y={heightPx - 4} textAnchor="middle" className="fill-muted text-[11px]">
              {title}
            </text>
            {points.map((point) => (
              <Point key={point.candidate} point={point} x={toX(point.value)} toY={toY} />
            ))}
          </svg>
        )}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-[13px]">
        {candidates.map(({ candidate, label }) => (
          <li key={candidate} className="flex items-center gap-1.5">
            <CandidateMark candidate={candidate} />
            {label}
          </li>
        ))}
      </ul>
      <p className="mt-1 text-muted text-xs">The lines are the 95 % intervals of the pass rates.</p>
    </section>
  );
}

interface PointProps {
  readonly point: Pick<CandidateResult, 'candidate'> & { readonly pass_rate: NonNullable<CandidateResult['pass_rate']> };
  readonly x: number;
  readonly toY: (rate: number) => number;
}

function Point({ point: { candidate, pass_rate }, x, toY }: PointProps) {
  const { stroke } = markOf(candidate);
  return (
    <g>
      <line x1={x} x2={x} y1={toY(pass_rate.low)} y2={toY(pass_rate.high)} strokeWidth={2} className={stroke} />
      {[pass_rate.low, pass_rate.high].map((end) => (
        <line key={end} x1={x - 5} x2={x + 5} y1={toY(end)} y2={toY(end)} strokeWidth={2} className={stroke} />
      ))}
      <CandidateShape candidate={candidate} x={x} y={toY(pass_rate.rate)} />
    </g>
  );
}

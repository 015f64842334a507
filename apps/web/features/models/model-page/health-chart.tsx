import type { ModelHealthSlice } from '@pipelines/contracts';
import { useState } from 'react';
import { formatDuration } from '../../../ui/format-duration.ts';
import { useWidth } from '../../../ui/use-width.ts';
import { type HealthPoint, healthSeries } from './health-series.ts';

const callsHeightPx = 56;
const latencyTopPx = 72;
const latencyHeightPx = 48;
const heightPx = latencyTopPx + latencyHeightPx + 20;
const leftPx = 56;
const labelPx = 72;

/** The calls of each quarter of the last day, those that failed hatched at the foot, and the P95 latency as a line below. */
export function HealthChart({ slices }: { readonly slices: readonly ModelHealthSlice[] }) {
  const [frameRef, widthPx] = useWidth<HTMLDivElement>(800);
  const [pointed, setPointed] = useState<number | null>(null);
  const points = healthSeries(slices, Date.now());
  const slotPx = Math.max(1, (widthPx - leftPx) / points.length);
  const mostCalls = Math.max(1, ...points.map(({ answered, failed }) => answered + failed));
  const slowestMs = Math.max(1, ...points.map(({ latencyP95Ms }) => latencyP95Ms ?? 0));
  const callsPx = (calls: number) => (calls / mostCalls) * callsHeightPx;
  const toX = (index: number) => leftPx + slotPx * index;
  const latencyY = (ms: number) => latencyTopPx + latencyHeightPx * (1 - ms / slowestMs);
  // Every four hours where there is room for it.
  const quartersOfLabel = Math.ceil(labelPx / (slotPx * 16)) * 16;
  const point = pointed === null ? null : points[pointed];

  return (
    <div ref={frameRef}>
      <svg aria-hidden="true" width={widthPx} height={heightPx} onPointerLeave={() => setPointed(null)} className="block max-w-full">
        <defs>
          <pattern id="failed-calls" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="4" height="4" className="fill-bad" />
            <rect width="1.5" height="4" className="fill-bg" />
          </pattern>
        </defs>
        <Scale y={0} word={mostCalls.toLocaleString('en')} note="calls" widthPx={widthPx} />
        <line x1={leftPx} x2={widthPx} y1={callsHeightPx} y2={callsHeightPx} className="stroke-line" />
        <Scale y={latencyTopPx} word={formatDuration(slowestMs)} note="P95" widthPx={widthPx} />
        {points.map(({ startsAtMs, answered, failed, latencyP95Ms }, index) => (
          <g key={startsAtMs} onPointerEnter={() => setPointed(index)}>
            <rect x={toX(index)} y={0} width={slotPx} height={heightPx} className={pointed === index ? 'fill-hover' : 'fill-transparent'} />
            <rect
              x={toX(index) + slotPx * 0.15}
              y={callsHeightPx - callsPx(answered + failed)}
              width={slotPx * 0.7}
              height={callsPx(answered)}
              className="fill-primary"
            />
            <rect
              x={toX(index) + slotPx * 0.15}
              y={callsHeightPx - callsPx(failed)}
              width={slotPx * 0.7}
              height={callsPx(failed)}
              fill="url(#failed-calls)"
            />
            {latencyP95Ms !== null && <circle cx={toX(index) + slotPx / 2} cy={latencyY(latencyP95Ms)} r={2} className="fill-primary" />}
            {index % quartersOfLabel === 0 && index <= points.length - quartersOfLabel / 2 && (
              <text x={toX(index)} y={heightPx - 4} className="fill-muted text-[11px]">
                {timeOf(startsAtMs)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <p className="mt-1 min-h-5 text-[13px] text-muted">{point ? describePoint(point) : 'The last day, by quarters of an hour.'}</p>
      <table className="sr-only">
        <caption>Calls and P95 latency by quarters of an hour</caption>
        <tbody>
          {points
            .filter(({ answered, failed }) => answered + failed > 0)
            .map((each) => (
              <tr key={each.startsAtMs}>
                <td>{describePoint(each)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

function Scale({ y, word, note, widthPx }: { readonly y: number; readonly word: string; readonly note: string; readonly widthPx: number }) {
  return (
    <>
      <line x1={leftPx} x2={widthPx} y1={y + 0.5} y2={y + 0.5} className="stroke-line" strokeDasharray="2 4" />
      <text x={leftPx - 8} y={y + 10} textAnchor="end" className="fill-muted text-[11px]">
        {word}
      </text>
      <text x={leftPx - 8} y={y + 24} textAnchor="end" className="fill-muted text-[11px]">
        {note}
      </text>
    </>
  );
}

function timeOf(ms: number): string {
  return new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

function describePoint({ startsAtMs, answered, failed, latencyP95Ms }: HealthPoint): string {
  const calls = answered + failed;
  const pace = latencyP95Ms === null ? '' : `, P95 ${formatDuration(latencyP95Ms)}`;
  return `${timeOf(startsAtMs)}: ${calls.toLocaleString('en')} ${calls === 1 ? 'call' : 'calls'}, ${failed.toLocaleString('en')} failed${pace}`;
}

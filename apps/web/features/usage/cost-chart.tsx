import { useState } from 'react';
import { formatUsd } from '../../ui/decimal-text.ts';
import { useWidth } from '../../ui/use-width.ts';
import { CostTable } from './cost-table.tsx';
import { costScale, type DayCost } from './day-series.ts';
import { formatDay } from './format-day.ts';

const heightPx = 240;
const leftPx = 64;
const bottomPx = 24;
const topPx = 8;
const plotHeightPx = heightPx - topPx - bottomPx;

/** Cost per day as columns; the same numbers as a table for screen readers. */
export function CostChart({ days }: { readonly days: readonly DayCost[] }) {
  const [frameRef, widthPx] = useWidth<HTMLDivElement>(800);
  const [pointed, setPointed] = useState<number | null>(null);
  const { ticks, top } = costScale(days.map((day) => day.cost));
  const plotWidthPx = Math.max(1, widthPx - leftPx);
  const slotPx = plotWidthPx / Math.max(1, days.length);
  const columnPx = Math.min(36, Math.max(2, slotPx * 0.66));
  // Only the drawing is rounded: the numbers beside it stay exact.
  const toHeight = (amount: string) => (Number(amount) / Number(top)) * plotHeightPx;
  const toY = (amount: string) => topPx + plotHeightPx - toHeight(amount);
  const labelEvery = Math.ceil(days.length / Math.max(2, Math.floor(plotWidthPx / 110)));
  const day = pointed === null ? null : days[pointed];

  return (
    <div ref={frameRef} className="relative">
      <svg aria-hidden="true" width={widthPx} height={heightPx} onPointerLeave={() => setPointed(null)} className="block max-w-full">
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={leftPx} x2={widthPx} y1={toY(tick)} y2={toY(tick)} className="stroke-line" />
            <text x={leftPx - 10} y={toY(tick) + 4} textAnchor="end" className="fill-muted text-[11px]">
              {formatUsd(tick).replace(/\.00$/, '')}
            </text>
          </g>
        ))}
        {days.map((each, index) => {
          const x = leftPx + slotPx * index;
          return (
            <g key={each.day} onPointerEnter={() => setPointed(index)}>
              <rect
                x={x}
                y={topPx}
                width={slotPx}
                height={plotHeightPx}
                className={pointed === index ? 'fill-hover' : 'fill-transparent'}
              />
              <rect
                x={x + (slotPx - columnPx) / 2}
                y={toY(each.cost)}
                width={columnPx}
                height={toHeight(each.cost)}
                rx={Math.min(3, columnPx / 3)}
                className="fill-primary"
              />
              {index % labelEvery === 0 && (
                <text x={x + slotPx / 2} y={heightPx - 6} textAnchor="middle" className="fill-muted text-[11px]">
                  {formatDay(each.day)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p className="mt-2 min-h-5 text-[13px] text-muted">{day && <DayWords day={day} />}</p>
      <div className="sr-only">
        <CostTable days={days} />
      </div>
    </div>
  );
}

function DayWords({ day }: { readonly day: DayCost }) {
  return (
    <>
      <span className="font-medium text-fg">{formatDay(day.day)}</span>: <span className="text-fg tabular-nums">{formatUsd(day.cost)}</span>{' '}
      · {day.calls.toLocaleString('en')} {day.calls === 1 ? 'call' : 'calls'}
      {day.unknownCostCalls > 0 && ` · ${day.unknownCostCalls.toLocaleString('en')} of unknown cost`}
    </>
  );
}

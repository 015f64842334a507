export interface MeterProps {
  /** The name for screen readers. */
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** What it says in words, such as "$1.20 of $5.00". */
  readonly text: string;
}

const warnFrom = 0.8;

/** How much of what is allowed is used. From 80 % on its colour warns; the numbers beside it say the same. */
export function Meter({ label, value, max, text }: MeterProps) {
  const part = max === 0 ? 0 : Math.min(1, Math.max(0, value / max));
  const colour = part >= 1 ? 'bg-bad' : part >= warnFrom ? 'bg-warn' : 'bg-primary';
  return (
    <div className="relative h-2 min-w-20 flex-1 overflow-hidden rounded-full bg-hover">
      <meter className="sr-only" aria-label={label} min={0} max={max} value={Math.min(max, value)} aria-valuetext={text} />
      <div aria-hidden className={`h-full rounded-full transition-[width] duration-300 ${colour}`} style={{ width: `${part * 100}%` }} />
    </div>
  );
}

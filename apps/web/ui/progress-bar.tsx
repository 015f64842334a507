export interface ProgressBarProps {
  /** The name for screen readers. */
  readonly label: string;
  readonly value: number;
  readonly max: number;
}

/** How much of something is done. */
export function ProgressBar({ label, value, max }: ProgressBarProps) {
  const percent = max === 0 ? 0 : (100 * value) / max;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      className="h-2 min-w-20 flex-1 overflow-hidden rounded-full bg-hover"
    >
      <div className="h-full rounded-full bg-primary transition-[width] duration-300" style={{ width: `${percent}%` }} />
    </div>
  );
}

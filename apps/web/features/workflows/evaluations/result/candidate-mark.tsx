import { classNames } from '../../../../ui/class-names.ts';
import { markOf } from './candidate-colors.ts';

const sizePx = 6;

/** The shape of a candidate inside a drawing, around a point. */
export function CandidateShape({ candidate, x, y }: { readonly candidate: number; readonly x: number; readonly y: number }) {
  const { fill, shape } = markOf(candidate);
  if (shape === 'circle') return <circle cx={x} cy={y} r={sizePx} className={fill} />;
  if (shape === 'square') return <rect x={x - sizePx} y={y - sizePx} width={sizePx * 2} height={sizePx * 2} className={fill} />;
  const points =
    shape === 'diamond'
      ? `${x},${y - sizePx * 1.4} ${x + sizePx * 1.4},${y} ${x},${y + sizePx * 1.4} ${x - sizePx * 1.4},${y}`
      : `${x},${y - sizePx * 1.3} ${x + sizePx * 1.3},${y + sizePx} ${x - sizePx * 1.3},${y + sizePx}`;
  return <polygon points={points} className={fill} />;
}

/** The same beside a name. */
export function CandidateMark({ candidate, className }: { readonly candidate: number; readonly className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className={classNames('size-3.5 shrink-0', className)}>
      <CandidateShape candidate={candidate} x={10} y={10} />
    </svg>
  );
}

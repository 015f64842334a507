import type { Step } from '@pipelines/contracts';

export type Direction = 'up' | 'down' | 'left' | 'right';

const ahead: Record<Direction, (dx: number, dy: number) => number> = {
  up: (_, dy) => -dy,
  down: (_, dy) => dy,
  left: (dx) => -dx,
  right: (dx) => dx,
};

/** The name of the nearest step in a direction; null at the edge. What lies straight ahead comes before what lies aside. */
export function neighbourStep(steps: readonly Step[], from: string, direction: Direction): string | null {
  const here = steps.find((step) => step.name === from)?.position;
  if (!here) return steps[0]?.name ?? null;
  let nearest: { readonly name: string; readonly distance: number } | null = null;
  for (const { name, position } of steps) {
    const dx = position.x - here.x;
    const dy = position.y - here.y;
    const forward = ahead[direction](dx, dy);
    if (forward <= 0) continue;
    const aside = direction === 'up' || direction === 'down' ? Math.abs(dx) : Math.abs(dy);
    const distance = forward + 2 * aside;
    if (!nearest || distance < nearest.distance) nearest = { name, distance };
  }
  return nearest?.name ?? null;
}

const nudgePx = 20;

/** The steps with those that are named moved a little in a direction. */
export function nudgeSteps(steps: readonly Step[], names: readonly string[], direction: Direction): Step[] {
  const dx = direction === 'left' ? -nudgePx : direction === 'right' ? nudgePx : 0;
  const dy = direction === 'up' ? -nudgePx : direction === 'down' ? nudgePx : 0;
  return steps.map((step) =>
    names.includes(step.name) ? { ...step, position: { x: step.position.x + dx, y: step.position.y + dy } } : step,
  );
}

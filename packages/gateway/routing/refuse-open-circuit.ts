import { PipelinesError } from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';
import type { RouteStates } from './route-states.ts';

/** What a caller is told while no route of the model is called: when one is tried again. */
export function refuseOpenCircuit({ slug, routes }: ResolvedModel, states: RouteStates): PipelinesError {
  const waitsMs = routes.map((route) => states.of(route).forMs ?? 0);
  return new PipelinesError('circuit_open', {
    detail: `The model "${slug}" has failed several times in a row, so it is not called for a moment.`,
    retryAfterSeconds: Math.max(1, Math.ceil(Math.min(...waitsMs) / 1_000)),
    transient: true,
  });
}

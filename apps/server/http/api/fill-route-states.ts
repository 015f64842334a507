import type { ModelRouting } from '@pipelines/contracts';
import type { ListedRouteState } from '@pipelines/gateway';

/** The routing of a model with what this process has met: a route that serves may be resting at this moment. */
export function fillStates(routing: ModelRouting, states: readonly ListedRouteState[]): ModelRouting {
  return {
    ...routing,
    routes: routing.routes.map((route) => {
      const known = states.find(({ credentialId }) => credentialId === (route.credential?.id ?? null));
      if (route.state !== 'serving' || known === undefined) return route;
      const { state, cause, forMs } = known;
      return { ...route, state, state_cause: cause, state_seconds: forMs === null ? null : Math.ceil(forMs / 1_000) };
    }),
  };
}

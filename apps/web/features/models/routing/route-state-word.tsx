import type { ModelRoute, RouteState } from '@pipelines/contracts';
import { Status, type StatusTone } from '../../../ui/status.tsx';

const words: Record<RouteState, { readonly tone: StatusTone; readonly word: string }> = {
  serving: { tone: 'ok', word: 'Serving' },
  cooling: { tone: 'warn', word: 'Cooling down' },
  open: { tone: 'bad', word: 'Not called' },
  half_open: { tone: 'busy', word: 'On trial' },
  unproven: { tone: 'off', word: 'Untested' },
  deleted: { tone: 'bad', word: 'No secret' },
};

/** How a route fares, why, and for how long. */
export function RouteStateWord({ route }: { readonly route: ModelRoute }) {
  const { tone, word } = words[route.state];
  const why = route.state_cause?.replaceAll('_', ' ');
  const wait = route.state_seconds === null ? null : `${route.state_seconds} s`;
  const detail = [why, wait].filter(Boolean).join(', ');
  return (
    <Status tone={tone} detail={detail === '' ? undefined : detail}>
      {word}
    </Status>
  );
}

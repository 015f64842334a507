import type { RouteStates } from '../routing/route-states.ts';
import type { AttemptFailure } from './attempt-failure.ts';
import type { AttemptDoors, ChatCall } from './chat-call.ts';
import { passThrough } from './pass-through.ts';
import { translate } from './translate.ts';

/**
 * One attempt, and what it says of its route. Resolves null once the answer has ended, errors that are told inside it
 * included, or why there is none yet.
 */
export async function attemptRoute(
  doors: AttemptDoors & { readonly routeStates: RouteStates },
  call: ChatCall,
): Promise<AttemptFailure | null> {
  const { model: route } = call.options;
  doors.routeStates.begin(route);
  let isKnown = false;
  try {
    const failure = await (call.passesThrough ? passThrough(doors, call) : translate(doors, call));
    isKnown = true;
    doors.routeStates.end(route, call.callerGone ? 'released' : (failure ?? call.brokenOff ?? 'worked'));
    return failure;
  } finally {
    if (!isKnown) doors.routeStates.end(route, 'released');
  }
}

import type { EgressDispatch } from '@pipelines/egress';
import type { AttemptFailure } from './attempt-failure.ts';
import { authorizeCall } from './authorize-call.ts';
import type { AttemptDoors, ChatCall } from './chat-call.ts';
import { PassThroughExchange } from './pass-through-exchange.ts';

/**
 * An attempt whose bytes go through unchanged. Nothing is awaited before the request is out, unless
 * the credential must be opened first. Resolves null once the answer has ended, or why there is none yet.
 */
export function passThrough(doors: AttemptDoors, call: ChatCall): Promise<AttemptFailure | null> {
  const authorized = authorizeCall(call);
  return authorized instanceof Promise ? authorized.then((request) => exchange(doors, call, request)) : exchange(doors, call, authorized);
}

function exchange(doors: AttemptDoors, call: ChatCall, request: EgressDispatch): Promise<AttemptFailure | null> {
  return new Promise((resolve, reject) => {
    const exchange = new PassThroughExchange(doors, call, { resolve, reject });
    exchange.begin(doors.egress.dispatch(request, exchange));
  });
}

import type { TokenUsage } from '@pipelines/contracts';
import type { StreamObserver, StreamOutcome } from './adapter.ts';
import { endOfLastEvent, eventAround, eventData } from './event-spans.ts';
import { UpstreamError } from './upstream-error.ts';
import { MAX_EVENT_BYTES } from './upstream-limits.ts';

/** What one wire of typed events says of its stream. */
export interface TypedEventReader {
  /** Takes the next event; answers the provider's error where it is one. */
  take(event: Readonly<Record<string, unknown>>): UpstreamError | null;
  readonly usage: TokenUsage | null;
  readonly finishReason: string | null;
  /** True once the event has come that ends every whole stream. */
  readonly complete: boolean;
}

const NOTHING = new Uint8Array(0);

/**
 * Watches a stream of events with a `type` that passes through, whole events at a time. An error of the
 * provider is taken out, and so is all that follows it.
 */
export function observeTypedEvents(reader: TypedEventReader): StreamObserver {
  let held: Uint8Array = NOTHING;
  let failure: UpstreamError | null = null;

  return {
    get failure() {
      return failure;
    },
    push(bytes) {
      if (failure !== null) return NOTHING;
      const joined = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      const end = endOfLastEvent(joined);
      held = joined.subarray(end);
      if (held.length > MAX_EVENT_BYTES) failure = new UpstreamError('response_too_large', { detail: 'event' });
      return take(joined.subarray(0, end));
    },
    end() {
      const last = held.length === 0 || failure !== null ? NOTHING : Buffer.concat([held, Buffer.from('\n\n')]);
      // What the network has cut is no event.
      const rest = parseObject(eventData(last)) === null ? NOTHING : take(last);
      const outcome: StreamOutcome = {
        usage: reader.usage,
        finishReason: reader.finishReason,
        complete: reader.complete && failure === null,
        error: failure,
      };
      return { rest, outcome };
    },
  };

  /** The bytes up to the provider's error: all of them, where there is none. */
  function take(events: Uint8Array): Uint8Array {
    for (let at = 0; at < events.length; ) {
      const { end } = eventAround(events, at);
      const value = parseObject(eventData(events.subarray(at, end)));
      const error = value === null ? null : reader.take(value);
      if (error !== null) {
        failure = error;
        return events.subarray(0, at);
      }
      at = end;
    }
    return events;
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  if (text === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

import type { TokenUsage } from '@pipelines/contracts';
import type { StreamObserver, StreamOutcome } from '../adapter.ts';
import { endOfLastEvent, eventAround, eventData } from '../event-spans.ts';
import { readUsage } from '../read-usage.ts';
import { UpstreamError } from '../upstream-error.ts';
import { MAX_EVENT_BYTES } from '../upstream-limits.ts';
import { classifyInBandError } from './classify-error.ts';
import { findFieldValue } from './find-field.ts';
import { StreamTail } from './stream-tail.ts';
import { mayTellError, tellsError } from './tells-error.ts';

const NOTHING = new Uint8Array(0);
const ERROR_WORD = Buffer.from('error');
const USAGE_KEY = Buffer.from('"usage"');
const OPEN_BRACE = 0x7b;

/**
 * Watches a stream that passes through. Whole events go on at once and untouched; only an event that
 * is cut by the network waits for its rest. Two byte searches a piece find what must be looked at:
 * the usage chunk that only we asked for, and an error of the provider. The rest is read from the
 * last few kilobytes, at the end.
 */
export function observeStream(options: { readonly callerAskedUsage: boolean }): StreamObserver {
  return new PassThroughObserver(options.callerAskedUsage);
}

class PassThroughObserver implements StreamObserver {
  readonly #callerAskedUsage: boolean;
  readonly #tail = new StreamTail();
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #takenUsage: TokenUsage | null = null;
  #failure: UpstreamError | null = null;

  constructor(callerAskedUsage: boolean) {
    this.#callerAskedUsage = callerAskedUsage;
  }

  get failure(): UpstreamError | null {
    return this.#failure;
  }

  push(bytes: Uint8Array): Uint8Array {
    if (this.#failure !== null || bytes.length === 0) return NOTHING;
    const whole = this.#completeEvents(bytes);
    return whole.length === 0 ? NOTHING : this.#inspect(whole);
  }

  end(): { rest: Uint8Array; outcome: StreamOutcome } {
    const last = this.#failure === null ? this.#closeLastEvent() : NOTHING;
    const rest = last.length === 0 ? NOTHING : this.#inspect(last);
    const { usage, finishReason, complete } = this.#tail.read();
    const error =
      this.#failure ?? (finishReason === 'error' ? new UpstreamError('upstream_unavailable', { detail: 'finish_error' }) : null);
    return { rest, outcome: { usage: this.#takenUsage ?? usage, finishReason, complete: complete && error === null, error } };
  }

  /** The events that are whole now. What follows the last blank line is held back. */
  #completeEvents(bytes: Uint8Array): Uint8Array {
    if (this.#held.length === 0) {
      const end = endOfLastEvent(bytes);
      if (end === bytes.length) return bytes;
      this.#hold(bytes.subarray(end));
      return bytes.subarray(0, end);
    }
    // A blank line may be cut itself, so the last bytes before the piece count too.
    const before = Buffer.concat(this.#held.slice(-3)).subarray(-3);
    if (endOfLastEvent(Buffer.concat([before, bytes])) <= before.length - 1) {
      this.#hold(bytes);
      return NOTHING;
    }
    const joined = Buffer.concat([...this.#held, bytes]);
    this.#held = [];
    this.#heldBytes = 0;
    return this.#completeEvents(joined);
  }

  #hold(bytes: Uint8Array): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes <= MAX_EVENT_BYTES) return;
    this.#held = [];
    this.#failure = new UpstreamError('response_too_large', { detail: 'event' });
  }

  /** The rest at the end of the stream, when it is an event that lacks only its blank line. */
  #closeLastEvent(): Uint8Array {
    if (this.#held.length === 0) return NOTHING;
    const rest = Buffer.concat([...this.#held, Buffer.from('\n\n')]);
    const data = eventData(rest);
    return data === '[DONE]' || parseObject(data) !== null ? rest : NOTHING;
  }

  #inspect(events: Uint8Array): Uint8Array {
    const kept = this.#takeOutErrors(this.#callerAskedUsage ? events : this.#takeOutUsage(events));
    if (kept.length > 0) this.#tail.push(kept);
    return kept;
  }

  #takeOutErrors(events: Uint8Array): Uint8Array {
    for (const { event, start } of candidates(events, ERROR_WORD, mayTellError)) {
      const data = parseObject(eventData(event));
      if (!tellsError(event, data)) continue;
      this.#failure = classifyInBandError(data ?? {});
      return events.subarray(0, start);
    }
    return events;
  }

  #takeOutUsage(events: Uint8Array): Uint8Array {
    const pieces: Uint8Array[] = [];
    let copiedTo = 0;
    for (const { event, start, end } of candidates(events, USAGE_KEY, beginsObject)) {
      const text = eventData(event);
      const data = parseObject(text);
      if (data === null || !Array.isArray(data.choices) || data.choices.length > 0 || data.error) continue;
      this.#takenUsage = readUsage(data.usage, text, data.service_tier) ?? this.#takenUsage;
      pieces.push(events.subarray(copiedTo, start));
      copiedTo = end;
    }
    if (copiedTo === 0) return events;
    return Buffer.concat([...pieces, events.subarray(copiedTo)]);
  }
}

interface Candidate {
  readonly event: Uint8Array;
  readonly start: number;
  readonly end: number;
}

const none: readonly Candidate[] = [];

/** Whether what has been found, from `start` to `end`, is worth a look at its event. */
type Matches = (bytes: Uint8Array, start: number, end: number) => boolean;

const beginsObject: Matches = (bytes, _, end) => bytes[findFieldValue(bytes, end)] === OPEN_BRACE;

/** The events that hold some bytes, where these are as `matches` wants them; each event once. Most pieces hold none. */
function candidates(events: Uint8Array, sought: Buffer, matches: Matches): Iterable<Candidate> {
  const bytes = Buffer.isBuffer(events) ? events : Buffer.from(events.buffer, events.byteOffset, events.byteLength);
  const first = bytes.indexOf(sought);
  return first < 0 ? none : findCandidates(bytes, first, sought, matches);
}

function* findCandidates(bytes: Buffer, first: number, sought: Buffer, matches: Matches): Iterable<Candidate> {
  for (let at = first; at >= 0; ) {
    if (!matches(bytes, at, at + sought.length)) {
      at = bytes.indexOf(sought, at + sought.length);
      continue;
    }
    const { start, end } = eventAround(bytes, at);
    yield { event: bytes.subarray(start, end), start, end };
    at = bytes.indexOf(sought, end);
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

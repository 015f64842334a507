import { EventStreamCodec } from '@smithy/eventstream-codec';
import { fromUtf8, toUtf8 } from '@smithy/util-utf8';
import { UpstreamError } from '../upstream-error.ts';
import { MAX_EVENT_BYTES } from '../upstream-limits.ts';

/** One frame of `application/vnd.amazon.eventstream`. */
export interface EventFrame {
  readonly kind: string;
  /** The event's, the exception's or the error's name. */
  readonly name: string;
  readonly payload: Record<string, unknown>;
}

const codec = new EventStreamCodec(toUtf8, fromUtf8);
const SMALLEST_FRAME = 16;

/** Cuts a stream into frames. Memory is bounded by one frame, and a frame by the event limit. */
export async function* readEventFrames(bytes: AsyncIterable<Uint8Array>): AsyncIterable<EventFrame> {
  let pieces: Uint8Array[] = [];
  let held = 0;
  let wanted = SMALLEST_FRAME;
  for await (const piece of bytes) {
    pieces.push(piece);
    held += piece.length;
    if (held < wanted) continue;
    let buffer = Buffer.concat(pieces);
    for (wanted = frameLength(buffer); buffer.length >= wanted; wanted = frameLength(buffer)) {
      yield decodeFrame(buffer.subarray(0, wanted));
      buffer = buffer.subarray(wanted);
    }
    pieces = buffer.length === 0 ? [] : [buffer];
    held = buffer.length;
  }
  if (held > 0) throw new UpstreamError('connection_lost', { detail: 'stream_cut' });
}

/** What the buffer must hold before there is a frame to decode. */
function frameLength(buffer: Buffer): number {
  if (buffer.length < SMALLEST_FRAME) return SMALLEST_FRAME;
  const length = buffer.readUInt32BE(0);
  if (length < SMALLEST_FRAME) throw new UpstreamError('not_openai_shape', { detail: 'frame' });
  if (length > MAX_EVENT_BYTES) throw new UpstreamError('response_too_large', { detail: 'event' });
  return length;
}

function decodeFrame(bytes: Uint8Array): EventFrame {
  try {
    const { headers, body } = codec.decode(bytes);
    const text = (name: string): string | undefined => {
      const value = headers[name]?.value;
      return typeof value === 'string' ? value : undefined;
    };
    const payload: unknown = body.length === 0 ? {} : JSON.parse(toUtf8(body));
    return {
      kind: text(':message-type') ?? 'event',
      name: text(':event-type') ?? text(':exception-type') ?? text(':error-code') ?? '',
      payload: typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {},
    };
  } catch {
    // A wrong checksum or payload. The codec's own words may quote it.
    throw new UpstreamError('not_openai_shape', { detail: 'frame' });
  }
}

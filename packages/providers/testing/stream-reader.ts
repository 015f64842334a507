import fc from 'fast-check';
import { expect } from 'vitest';
import type { ProviderAdapter, StreamEvent } from '../adapter.ts';
import { sampleTarget } from './sample-requests.ts';

type Pieces = readonly (string | Uint8Array)[];

/** Reads streams that a test has written, in pieces as a network may cut them. */
export interface StreamReader {
  read(pieces: Pieces, sizes?: readonly number[]): Promise<StreamEvent[]>;
  /** What reading throws; the events where it throws nothing. */
  failure(pieces: Pieces, sizes?: readonly number[]): Promise<unknown>;
  /** The same events however the network cuts the stream. */
  readInAnyPieces(pieces: Pieces, check: (events: readonly StreamEvent[]) => void): Promise<void>;
  /** A stream that ends anywhere within these pieces was cut off. */
  expectCutOff(pieces: Pieces): Promise<void>;
}

export function streamReader(readStream: ProviderAdapter['readStream']): StreamReader {
  const read = async (pieces: Pieces, sizes: readonly number[] = [1_000_000]): Promise<StreamEvent[]> => {
    const events: StreamEvent[] = [];
    for await (const event of readStream(cutBytes(join(pieces), sizes), sampleTarget())) events.push(event);
    return events;
  };
  const failure = (pieces: Pieces, sizes?: readonly number[]) => read(pieces, sizes).catch((error: unknown) => error);
  return {
    read,
    failure,
    readInAnyPieces: (pieces, check) =>
      fc.assert(
        fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 }), async (sizes) =>
          check(await read(pieces, sizes)),
        ),
        { numRuns: 60 },
      ),
    expectCutOff: async (pieces) => {
      const whole = join(pieces);
      const property = fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (length) => {
        expect(await failure([whole.subarray(0, length)])).toMatchObject({ name: 'UpstreamError', reason: 'connection_lost' });
      });
      await fc.assert(property, { numRuns: 60 });
    },
  };
}

/** The deltas of a stream's chunks, in order. */
export function deltasOf(events: readonly StreamEvent[]): Record<string, unknown>[] {
  return events.flatMap((event) => (event.type === 'chunk' ? event.chunk.choices.map((choice) => choice.delta) : []));
}

function join(pieces: Pieces): Buffer {
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}

async function* cutBytes(bytes: Buffer, sizes: readonly number[]): AsyncIterable<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

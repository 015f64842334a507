import { percentile } from './drive-rate.ts';
import { readMemoryMb } from './process-figures.ts';
import type { Target } from './target.ts';
import { encodeCall, WireClient } from './wire-client.ts';

export interface HeldStreams {
  readonly streams: number;
  /** Streams that ended otherwise than whole. */
  readonly failures: number;
  readonly missedTokens: number;
  /** From the upstream's write to our read. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Memory that the target grew by, a stream, while all were held. */
  readonly kilobytesPerStream: number;
}

const sentAt = /"sent_at":([\d.]+)/g;

/** Opens streams of a token a second, all held at once, and looks at each token's way. */
export async function holdStreams(target: Target, streams: number, seconds: number): Promise<HeldStreams> {
  const bytes = encodeCall(target, true, `tokens=${seconds} every=1000`);
  const delays: number[] = [];
  let failures = 0;
  const onData = (piece: Buffer) => {
    const now = performance.timeOrigin + performance.now();
    for (const [, at] of piece.toString('latin1').matchAll(sentAt)) delays.push(now - Number(at));
  };
  async function hold(client: WireClient): Promise<void> {
    const status = await client.call(bytes).catch(() => null);
    if (status !== 200) failures += 1;
  }

  const memoryBefore = readMemoryMb(target.pid);
  const held: Promise<void>[] = [];
  const clients: WireClient[] = [];
  for (let opened = 0; opened < streams; opened += 1) {
    const client = new WireClient(target, onData);
    clients.push(client);
    held.push(hold(client));
    // Spread over a second, as the tokens are.
    if (opened % Math.ceil(streams / 50) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => setTimeout(resolve, (seconds * 1_000) / 2));
  const memoryHeld = readMemoryMb(target.pid);
  await Promise.all(held);
  for (const client of clients) client.close();
  delays.sort((a, b) => a - b);
  return {
    streams,
    failures,
    missedTokens: streams * seconds - delays.length,
    p50Ms: percentile(delays, 0.5),
    p99Ms: percentile(delays, 0.99),
    kilobytesPerStream: ((memoryHeld - memoryBefore) * 1_024) / streams,
  };
}

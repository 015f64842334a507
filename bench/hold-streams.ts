import { percentile } from './drive-rate.ts';
import { readMemoryMb } from './process-figures.ts';
import type { Target } from './target.ts';
import { encodeCall, WireClient } from './wire-client.ts';

export interface HeldStreams {
  readonly streams: number;
  /** Streams that ended otherwise than whole. */
  readonly failures: number;
  readonly missedTokens: number;
  /** From the upstream's write to our read, of the tokens that were sent while all streams were held: none began, and none ended. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Memory that the target grew by, a stream, while all were held. */
  readonly kilobytesPerStream: number;
}

const everyMs = 1_000;
/** The upstream's clock, which is this machine's. */
const clockMs = () => performance.timeOrigin + performance.now();
const sentAt = /"sent_at":([\d.]+)/g;

/** Opens streams of a token a second, all held at once, and looks at each token's way. */
export async function holdStreams(target: Target, streams: number, seconds: number): Promise<HeldStreams> {
  const bytes = encodeCall(target, true, `tokens=${seconds} every=${everyMs}`);
  const tokens: { readonly sentMs: number; readonly delayMs: number }[] = [];
  let failures = 0;
  const onData = (piece: Buffer) => {
    const nowMs = clockMs();
    for (const [, at] of piece.toString('latin1').matchAll(sentAt)) tokens.push({ sentMs: Number(at), delayMs: nowMs - Number(at) });
  };
  async function hold(client: WireClient): Promise<void> {
    const status = await client.call(bytes).catch(() => null);
    if (status !== 200) failures += 1;
  }

  const memoryBefore = readMemoryMb(target.pid);
  const firstEndsMs = clockMs() + seconds * everyMs;
  const held: Promise<void>[] = [];
  const clients: WireClient[] = [];
  for (let opened = 0; opened < streams; opened += 1) {
    const client = new WireClient(target, onData);
    clients.push(client);
    held.push(hold(client));
    // Spread over a second, as the tokens are.
    if (opened % Math.ceil(streams / 50) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const allRunMs = clockMs() + everyMs;
  await new Promise((resolve) => setTimeout(resolve, (seconds * everyMs) / 2));
  const memoryHeld = readMemoryMb(target.pid);
  await Promise.all(held);
  for (const client of clients) client.close();
  const whileHeld = tokens.filter(({ sentMs }) => sentMs >= allRunMs && sentMs < firstEndsMs);
  const delays = whileHeld.map(({ delayMs }) => delayMs).sort((a, b) => a - b);
  return {
    streams,
    failures,
    missedTokens: streams * seconds - tokens.length,
    p50Ms: percentile(delays, 0.5),
    p99Ms: percentile(delays, 0.99),
    kilobytesPerStream: ((memoryHeld - memoryBefore) * 1_024) / streams,
  };
}

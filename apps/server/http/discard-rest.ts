import type { IncomingMessage } from 'node:http';

export interface DiscardLimits {
  /** Without a byte. */
  readonly idleMs: number;
  /** For all of it; looked at every `idleMs`. */
  readonly totalMs: number;
}

/** As long as proxies linger by default. */
const lingering: DiscardLimits = { idleMs: 5_000, totalMs: 30_000 };

/**
 * Lets Node read past a body that nobody wanted for as long as it comes: a client that is still sending when its connection is
 * cut hears of that, and never reads our answer. What falls silent, or does not end, is cut.
 */
export function discardRest(request: IncomingMessage, { idleMs, totalMs }: DiscardLimits = lingering): void {
  const { socket } = request;
  const startedMs = performance.now();
  let seen = socket.bytesRead;
  const timer = setInterval(() => {
    const isOver = request.complete || socket.destroyed;
    const isStuck = socket.bytesRead === seen || performance.now() - startedMs > totalMs;
    if (!isOver && isStuck) socket.destroy();
    if (isOver || isStuck) clearInterval(timer);
    seen = socket.bytesRead;
  }, idleMs).unref();
  request.resume();
}

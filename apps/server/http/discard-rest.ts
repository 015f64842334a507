import type { IncomingMessage } from 'node:http';

export interface DiscardLimits {
  /** Without a byte. */
  readonly idleMs: number;
  /** For all of it. */
  readonly totalMs: number;
}

/** As long as proxies linger by default. */
const lingering: DiscardLimits = { idleMs: 5_000, totalMs: 30_000 };

/**
 * Reads past a body that nobody wanted, for as long as it comes: a client that is still sending when its connection is cut
 * hears of that, and never reads our answer.
 */
export function discardRest(request: IncomingMessage, { idleMs, totalMs }: DiscardLimits = lingering): void {
  const cut = () => {
    if (!request.complete) request.destroy();
  };
  const idle = setTimeout(cut, idleMs).unref();
  const total = setTimeout(cut, totalMs).unref();
  request.on('data', () => idle.refresh());
  request.on('close', () => {
    clearTimeout(idle);
    clearTimeout(total);
  });
  request.resume();
}

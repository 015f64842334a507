/** A stream that may fall silent. */
export interface SilentStream {
  /** Set by the stream with every byte that it writes, taken back here. */
  active: boolean;
  /** Called when nothing was written for a while. */
  onSilence(): void;
}

export interface KeepAlive {
  add(stream: SilentStream): void;
  remove(stream: SilentStream): void;
  close(): void;
}

/**
 * One clock for all streams: thousands of timers would be wound up anew with every chunk. A comment comes
 * after `silenceMs` at the latest, and after three quarters of it at the earliest.
 */
export function createKeepAlive(silenceMs: number): KeepAlive {
  const ticksOfSilence = 3;
  const silentTicks = new Map<SilentStream, number>();
  const timer = setInterval(
    () => {
      for (const [stream, ticks] of silentTicks) {
        const silent = stream.active ? 0 : ticks + 1;
        stream.active = false;
        silentTicks.set(stream, silent >= ticksOfSilence ? 0 : silent);
        if (silent >= ticksOfSilence) stream.onSilence();
      }
    },
    silenceMs / (ticksOfSilence + 1),
  );
  timer.unref();
  return {
    add: (stream) => silentTicks.set(stream, 0),
    remove: (stream) => silentTicks.delete(stream),
    close: () => clearInterval(timer),
  };
}

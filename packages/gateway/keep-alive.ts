/** A stream that may fall silent. */
export interface SilentStream {
  /** Set by the stream with every byte that it writes, taken back here. */
  active: boolean;
  /** Called when nothing was written for a while. */
  onSilence(): void;
}

export interface KeepAlive {
  /** Watches a stream until the function that it answers is called. */
  watch(stream: SilentStream): () => void;
  close(): void;
}

interface Watched {
  stream: SilentStream | null;
  ticksOfSilence: number;
}

/**
 * One clock for all streams: thousands of timers would be wound up anew with every chunk. A comment comes
 * after `silenceMs` at the latest, and after three quarters of it at the earliest.
 */
export function createKeepAlive(silenceMs: number): KeepAlive {
  const ticksUntilComment = 3;
  const all = new Set<Watched>();
  const timer = setInterval(
    () => {
      for (const watched of all) tick(watched, ticksUntilComment);
    },
    silenceMs / (ticksUntilComment + 1),
  );
  timer.unref();
  return {
    watch(stream) {
      const watched: Watched = { stream, ticksOfSilence: 0 };
      all.add(watched);
      return () => {
        all.delete(watched);
        // A set that outgrows its table leaves the old one behind, and what was in it, for long: the call must not be.
        watched.stream = null;
      };
    },
    close: () => clearInterval(timer),
  };
}

function tick(watched: Watched, ticksUntilComment: number): void {
  const { stream } = watched;
  if (stream === null) return;
  watched.ticksOfSilence = stream.active ? 0 : watched.ticksOfSilence + 1;
  stream.active = false;
  if (watched.ticksOfSilence < ticksUntilComment) return;
  watched.ticksOfSilence = 0;
  stream.onSilence();
}

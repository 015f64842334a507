const LOOK_INTERVAL_MS = 500;
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Stops this process when the one that started it is gone. npm passes a signal only to the shell that
 * it started us with, and that shell dies without passing it on: `kill` of `npm start` would leave the product running.
 */
export function stopWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  let told = false;
  for (const signal of SIGNALS) process.on(signal, noteSignal);

  /** @param {NodeJS.Signals} signal */
  function noteSignal(signal) {
    told = true;
    if (process.listenerCount(signal) > 1) return;
    // Nobody else listens, so the signal keeps its usual meaning.
    process.off(signal, noteSignal);
    process.kill(process.pid, signal);
  }

  setInterval(() => {
    if (process.ppid === parent || told) return;
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_INTERVAL_MS).unref();
}

/** An answer that is a stream of events. Everything that may refuse the call has been asked before it is made. */
export class EventAnswer<Event> {
  readonly kind: 'watch' | 'work';
  readonly run: (tell: (event: Event) => void, signal: AbortSignal) => Promise<void>;

  /**
   * @param kind `watch`: goes on until the caller leaves; ends when the server stops. `work`: ends by itself, and is let end
   * @param run tells events until it is done or `signal` is aborted: the caller has gone, or may not see more
   */
  constructor(kind: 'watch' | 'work', run: (tell: (event: Event) => void, signal: AbortSignal) => Promise<void>) {
    this.kind = kind;
    this.run = run;
  }
}

import { PipelinesError, type Principal } from '@pipelines/contracts';
import type { RequestContext } from '../request-context.ts';
import type { EventAnswer } from './event-answer.ts';

export interface EventStreams {
  /**
   * Sends the events of an answer until it ends, the caller leaves, `recheck` finds that the caller may not see more,
   * or the server stops. @throws PipelinesError `rate_limited` when too many are open
   */
  send(context: RequestContext, principal: Principal, answer: EventAnswer<unknown>, recheck: () => Promise<unknown>): Promise<void>;
  /** Ends what would go on for ever. Callers come back, to another server. */
  stop(): void;
}

export interface EventStreamsOptions {
  readonly heartbeatMs?: number;
  readonly recheckMs?: number;
  readonly longestMs?: number;
  readonly maxForOne?: number;
  readonly maxForAll?: number;
}

/** What a caller does not read waits in memory: at most so much of it. */
const maxUnreadBytes = 4_000_000;

/** The open streams of this process: bounded, kept alive, and closed to whoever is not allowed any more. */
export function createEventStreams({
  heartbeatMs = 15_000,
  recheckMs = 5_000,
  longestMs = 15 * 60_000,
  maxForOne = 30,
  maxForAll = 2_000,
}: EventStreamsOptions = {}): EventStreams {
  const open = new Map<string, number>();
  const watches = new Set<AbortController>();
  let total = 0;
  let stopped = false;

  function enter(principal: Principal): () => void {
    const who = `${principal.organizationId} ${principal.actor.type} ${principal.actor.id}`;
    const count = open.get(who) ?? 0;
    if (count >= maxForOne || total >= maxForAll) {
      throw new PipelinesError('rate_limited', {
        detail: 'Too many event streams are open.',
        fix: 'Close some, or read the same by GET now and then.',
        retryAfterSeconds: 5,
      });
    }
    open.set(who, count + 1);
    total += 1;
    return () => {
      total -= 1;
      const left = (open.get(who) ?? 1) - 1;
      if (left === 0) open.delete(who);
      else open.set(who, left);
    };
  }

  return {
    async send({ response }, principal, answer, recheck) {
      const leave = enter(principal);
      const ending = new AbortController();
      const { signal } = ending;
      response.once('close', () => ending.abort());
      if (answer.kind === 'watch') {
        watches.add(ending);
        if (stopped) ending.abort();
      }
      response.writeHead(200, eventHeaders);
      response.write('retry: 2000\n\n');
      const heartbeat = setInterval(() => response.write(': heartbeat\n\n'), heartbeatMs);
      const checking = setInterval(() => {
        recheck().catch((error: unknown) => {
          // A database that is away says nothing about the caller.
          if (error instanceof PipelinesError && error.status < 500) ending.abort();
        });
      }, recheckMs);
      const lifetime = setTimeout(() => answer.kind === 'watch' && ending.abort(), longestMs);
      let count = 0;
      const tell = (event: unknown) => {
        if (signal.aborted) return;
        // One event may be large; who has not read the ones before it reads no more.
        if (response.writableLength > maxUnreadBytes) return ending.abort();
        count += 1;
        response.write(`id: ${count}\ndata: ${JSON.stringify(event)}\n\n`);
      };
      try {
        await answer.run(tell, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        clearInterval(heartbeat);
        clearInterval(checking);
        clearTimeout(lifetime);
        watches.delete(ending);
        leave();
        response.end();
      }
    },
    stop() {
      stopped = true;
      for (const ending of watches) ending.abort();
    },
  };
}

const eventHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Some proxies collect or compress an answer before they hand it on.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

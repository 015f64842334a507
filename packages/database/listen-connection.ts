import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@pipelines/contracts';
import { connectListener, type ListenClient } from './listen-client.ts';

const firstDelayMs = 100;
const longestDelayMs = 5_000;

export interface ListenHandlers {
  readonly onNotify: (payload: string) => void;
  /**
   * Called after the connection was lost and the channel is listened to again. Notifications may have
   * been missed meanwhile: read anew what they would have told.
   */
  readonly onReconnect?: () => void;
}

export interface Subscription {
  close(): Promise<void>;
}

/** One connection that listens to all channels of this process, and comes back by itself. */
export interface ListenConnection {
  /** Resolves when the channel is listened to. Rejects when the database cannot be reached right now. */
  listen(channel: string, handlers: ListenHandlers): Promise<Subscription>;
  close(): Promise<void>;
}

/** Connects with the first `listen`. A lost connection is logged, and so is its return. */
export function createListenConnection(url: string, log: Log): ListenConnection {
  const channels = new Map<string, Set<ListenHandlers>>();
  const closing = new AbortController();
  let connecting: Promise<ListenClient> | null = null;

  const notify = (channel: string, payload: string) => {
    for (const { onNotify } of channels.get(channel) ?? []) onNotify(payload);
  };

  const connect = async (): Promise<ListenClient> => {
    const client = await connectListener(url, [...channels.keys()], notify);
    void client.ended.then(() => {
      connecting = closing.signal.aborted ? null : reconnect();
      connecting?.catch(() => undefined);
    });
    return client;
  };

  const reconnect = async (): Promise<ListenClient> => {
    log({ event: 'database_lost' });
    for (let delayMs = firstDelayMs; ; delayMs = Math.min(longestDelayMs, delayMs * 2)) {
      await sleep(delayMs, undefined, { ref: false, signal: closing.signal });
      const client = await connect().catch(() => null);
      if (!client) continue;
      log({ event: 'database_restored' });
      for (const handlers of channels.values()) for (const { onReconnect } of handlers) onReconnect?.();
      return client;
    }
  };

  const connected = (): Promise<ListenClient> => {
    connecting ??= connect().catch((error: unknown) => {
      connecting = null;
      throw error;
    });
    return connecting;
  };

  const forget = (channel: string, handlers: ListenHandlers): boolean => {
    const all = channels.get(channel);
    all?.delete(handlers);
    return all?.size === 0 && channels.delete(channel);
  };

  return {
    async listen(channel, handlers) {
      // Known before LISTEN is sent, so that a reconnect in between covers it as well.
      channels.set(channel, (channels.get(channel) ?? new Set()).add(handlers));
      try {
        await (await connected()).listen(channel);
      } catch (error) {
        forget(channel, handlers);
        throw error;
      }
      return {
        async close() {
          // On a lost connection there is nothing to unlisten: the next one does not know the channel.
          if (forget(channel, handlers)) await (await connecting?.catch(() => null))?.unlisten(channel).catch(() => undefined);
        },
      };
    },
    async close() {
      closing.abort();
      await (await connecting?.catch(() => null))?.close();
    },
  };
}

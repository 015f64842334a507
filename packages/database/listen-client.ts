import net from 'node:net';
import pg from 'pg';
import { connectionSettings } from './connection-settings.ts';

const heartbeatMs = 15_000;
const answerTimeoutMs = 5_000;

/** One connection of its own for LISTEN, for as long as it lasts. */
export interface ListenClient {
  /** Resolves when the connection is gone, whoever ended it. */
  readonly ended: Promise<void>;
  listen(channel: string): Promise<void>;
  unlisten(channel: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects and listens to `channels`. A heartbeat finds out when the database has fallen silent without a
 * word, which a connection that only waits would never notice.
 */
export async function connectListener(
  url: string,
  channels: readonly string[],
  onNotify: (channel: string, payload: string) => void,
): Promise<ListenClient> {
  const { client, socket } = makeClient(url);
  client.on('notification', ({ channel, payload }) => onNotify(channel, payload ?? ''));
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve);
  });
  const send = async (text: string) => void (await client.query(text));
  try {
    await client.connect();
    for (const channel of channels) await send(`listen ${client.escapeIdentifier(channel)}`);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  const heartbeat = setInterval(() => void send('select 1').catch(() => socket.destroy()), heartbeatMs).unref();
  void ended.then(() => clearInterval(heartbeat));

  return {
    ended,
    listen: (channel) => send(`listen ${client.escapeIdentifier(channel)}`),
    unlisten: (channel) => send(`unlisten ${client.escapeIdentifier(channel)}`),
    async close() {
      await client.end().catch(() => undefined);
      socket.destroy();
    },
  };
}

function makeClient(url: string): { client: pg.Client; socket: net.Socket } {
  // Ours, because a server that does not answer would not answer a goodbye either.
  const socket = new net.Socket();
  const settings = connectionSettings(url, 'pipelines listener');
  const client = new pg.Client({ ...settings, query_timeout: answerTimeoutMs, stream: () => socket });
  // Whatever broke, "end" follows.
  client.on('error', () => undefined);
  return { client, socket };
}

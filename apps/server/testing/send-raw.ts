import { connect } from 'node:net';

export interface RawOptions {
  /** Pieces are sent this far apart. Default 0. */
  readonly pauseMs?: number;
}

/** Sends exactly these bytes and resolves with everything that came back until the server closed the connection. */
export function sendRaw(port: number, pieces: string | readonly string[], { pauseMs = 0 }: RawOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    const received: Buffer[] = [];
    socket.setTimeout(30_000, () => socket.destroy(new Error('The server did not close the connection within 30 s.')));
    socket.on('data', (chunk) => received.push(chunk));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? undefined : reject(error),
    );
    socket.once('close', () => resolve(Buffer.concat(received).toString('utf8')));
    const send = ([next, ...rest]: readonly string[]): void => {
      if (next === undefined || socket.destroyed) return;
      socket.write(next);
      setTimeout(() => send(rest), pauseMs);
    };
    socket.once('connect', () => send(typeof pieces === 'string' ? [pieces] : pieces));
  });
}

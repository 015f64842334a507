import { connect, type Socket } from 'node:net';
import type { Target } from './target.ts';

/** A chat request as bytes, of about 1 KB. `words` go into the message: they tell the upstream how to pace itself. */
export function encodeCall(target: Target, stream: boolean, words = 'word '.repeat(180)): Buffer {
  const body = JSON.stringify({ model: target.model, messages: [{ role: 'user', content: words }], ...(stream && { stream: true }) });
  const { host, pathname } = new URL(target.url);
  const headers = { host, ...target.headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${pathname}/chat/completions HTTP/1.1\r\n${head.join('')}\r\n${body}`);
}

const blankLine = '\r\n\r\n';
const lastChunk = '0\r\n\r\n';

/**
 * One keep-alive connection that sends ready bytes and sees an answer end, and no more: the load must cost
 * less than what it measures. `onData` gets what arrives, head included.
 */
export class WireClient {
  readonly #socket: Socket;
  readonly #onData: (piece: Buffer) => void;
  #settle: { resolve(status: number): void; reject(error: Error): void } | null = null;
  #head = '';
  #status = 0;
  /** Bytes of the body still to come; null while it is chunked. */
  #left: number | null = null;
  #tail = '';

  constructor(target: Target, onData: (piece: Buffer) => void = () => undefined) {
    const { hostname, port } = new URL(target.url);
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#onData = onData;
    this.#socket.on('data', (piece) => this.#take(piece));
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('The connection was closed.')));
  }

  /** Resolves with the status once the whole answer is here. */
  call(bytes: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#head = '';
      this.#status = 0;
      this.#tail = '';
      this.#socket.write(bytes);
    });
  }

  close(): void {
    this.#settle = null;
    this.#socket.destroy();
  }

  #take(piece: Buffer): void {
    this.#onData(piece);
    if (this.#status === 0) this.#takeHead(piece);
    else this.#takeBody(piece);
  }

  #takeHead(piece: Buffer): void {
    this.#head += piece.toString('latin1');
    const end = this.#head.indexOf(blankLine);
    if (end < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#head.slice(0, end))?.[1];
    this.#left = length === undefined ? null : Number(length);
    this.#status = Number(this.#head.slice(9, 12));
    this.#takeBody(Buffer.from(this.#head.slice(end + blankLine.length), 'latin1'));
  }

  #takeBody(piece: Buffer): void {
    if (this.#left !== null) this.#left -= piece.length;
    else if (piece.length > 0) this.#tail = (this.#tail + piece.subarray(-lastChunk.length).toString('latin1')).slice(-lastChunk.length);
    if (this.#left === null ? this.#tail !== lastChunk : this.#left > 0) return;
    this.#settle?.resolve(this.#status);
    this.#settle = null;
  }

  #fail(error: Error): void {
    this.#settle?.reject(error);
    this.#settle = null;
  }
}

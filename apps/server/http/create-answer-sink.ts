import type { ServerResponse } from 'node:http';
import type { AnswerSink } from '@pipelines/gateway';
import { writeHeadWithSecurity } from './security-headers.ts';

const maxJoinedBytes = 8 * 1024;
/** How long a caller may take no byte of an answer that waits for it. */
const stalledAfterMs = 120_000;

/** The caller's connection, for the gateway to write an answer to. A caller that stops reading is let go of. */
export function createAnswerSink(response: ServerResponse, stalledMs: number = stalledAfterMs): AnswerSink {
  return new ResponseSink(response, stalledMs);
}

class ResponseSink implements AnswerSink {
  readonly #response: ServerResponse;
  readonly #stalledMs: number;

  constructor(response: ServerResponse, stalledMs: number) {
    this.#response = response;
    this.#stalledMs = stalledMs;
  }

  get started(): boolean {
    return this.#response.headersSent;
  }

  start(status: number, headers: Readonly<Record<string, string>>): void {
    writeHeadWithSecurity(this.#response, status, headers);
  }

  write(bytes: Uint8Array): boolean {
    const flows = this.#response.write(bytes);
    if (!flows) this.#limitStall();
    return flows;
  }

  onDrain(listener: () => void): void {
    this.#response.on('drain', listener);
  }

  end(bytes?: Uint8Array): void {
    // As text of one byte a letter, a short answer goes out together with its head: one write of one piece.
    if (bytes !== undefined && bytes.length <= maxJoinedBytes) {
      const { buffer, byteOffset, byteLength } = bytes;
      this.#response.end(Buffer.from(buffer, byteOffset, byteLength).toString('latin1'), 'latin1');
    } else this.#response.end(bytes);
    if (this.#response.writableLength > 0) this.#limitStall();
  }

  onClose(listener: () => void): void {
    const response = this.#response;
    const tellIfCutShort = () => {
      if (!response.writableFinished) listener();
    };
    if (response.destroyed) tellIfCutShort();
    else response.on('close', tellIfCutShort);
  }

  /** The connection's own clock starts anew with each byte that the caller takes, and ends the connection. */
  #limitStall(): void {
    const { socket } = this.#response;
    if (socket === null || socket.timeout === this.#stalledMs) return;
    socket.setTimeout(this.#stalledMs);
    this.#response.once('drain', () => socket.setTimeout(0));
  }
}

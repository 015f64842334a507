import type { ServerResponse } from 'node:http';
import type { AnswerSink } from '@pipelines/gateway';
import { writeHeadWithSecurity } from './security-headers.ts';

const maxJoinedBytes = 8 * 1024;

/** The caller's connection, for the gateway to write an answer to. */
export function createAnswerSink(response: ServerResponse): AnswerSink {
  return new ResponseSink(response);
}

class ResponseSink implements AnswerSink {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get started(): boolean {
    return this.#response.headersSent;
  }

  start(status: number, headers: Readonly<Record<string, string>>): void {
    writeHeadWithSecurity(this.#response, status, headers);
  }

  write(bytes: Uint8Array): boolean {
    return this.#response.write(bytes);
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
  }

  onClose(listener: () => void): void {
    const response = this.#response;
    const tellIfCutShort = () => {
      if (!response.writableFinished) listener();
    };
    if (response.destroyed) tellIfCutShort();
    else response.on('close', tellIfCutShort);
  }
}

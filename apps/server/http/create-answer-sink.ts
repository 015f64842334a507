import type { ServerResponse } from 'node:http';
import type { AnswerSink } from '@pipelines/gateway';
import { writeHeadWithSecurity } from './security-headers.ts';

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
    this.#response.end(bytes);
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

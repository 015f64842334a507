import type { ServerResponse } from 'node:http';
import type { AnswerSink } from '@pipelines/gateway';
import { writeHeadWithSecurity } from './security-headers.ts';

/** The caller's connection, for the gateway to write an answer to. */
export function createAnswerSink(response: ServerResponse): AnswerSink {
  return {
    get started() {
      return response.headersSent;
    },
    start(status, headers) {
      writeHeadWithSecurity(response, status, headers);
    },
    write: (bytes) => response.write(bytes),
    onDrain: (listener) => void response.on('drain', listener),
    end: (bytes) => void (bytes === undefined ? response.end() : response.end(bytes)),
    onClose(listener) {
      if (response.destroyed) {
        if (!response.writableFinished) listener();
        return;
      }
      response.once('close', () => {
        if (!response.writableFinished) listener();
      });
    },
  };
}

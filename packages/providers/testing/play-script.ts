import type { ServerResponse } from 'node:http';
import type { ChatScript } from './chat-script.ts';
import { breakOff, sendJson } from './fake-upstream.ts';
import { wait, writeStream } from './write-stream.ts';

/** One answer, written in a native dialect on demand. */
export interface WrittenAnswer {
  readonly stream: boolean;
  readonly contentType: string;
  readonly pieces: () => readonly (string | Uint8Array)[];
  readonly whole: () => unknown;
  /** Of the whole answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is never streamed. */
export function wholeAnswer(value: unknown, headers: Readonly<Record<string, string>> = {}): WrittenAnswer {
  return { stream: false, contentType: 'application/json', pieces: () => [], whole: () => value, headers };
}

/** Gives an answer as the script wants it: late, broken, refused, or as it is. */
export async function playScript(response: ServerResponse, script: ChatScript, answer: WrittenAnswer): Promise<void> {
  if (script.hang === 'headers') return;
  await script.after;
  if (script.delayMs !== undefined) await wait(script.delayMs);
  if (script.status !== undefined) return sendJson(response, script.status, script.body ?? '', script.headers);
  if (answer.stream) return writeStream(response, answer.contentType, script.rawStream ?? answer.pieces(), script);
  if (script.breakAfterChunks !== undefined) return breakOff(response);
  sendJson(response, 200, answer.whole(), { ...answer.headers, ...script.headers });
}

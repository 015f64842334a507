import type { ServerResponse } from 'node:http';
import type { ChatScript } from './chat-script.ts';
import { breakOff } from './fake-upstream.ts';

export function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** Writes the pieces one by one, at the pace and with the end that the script wants. Stops when the caller has gone. */
export async function writeStream(
  response: ServerResponse,
  contentType: string,
  pieces: readonly (string | Uint8Array)[],
  script: ChatScript,
): Promise<void> {
  response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-cache', ...script.headers });
  response.flushHeaders();
  for (const [index, piece] of pieces.entries()) {
    if (script.breakAfterChunks === index) return breakOff(response);
    if (response.destroyed) return;
    const flows = response.write(piece);
    if (!flows) await new Promise<void>((resolve) => response.once('drain', resolve).once('close', resolve));
    if (script.chunkDelayMs !== undefined) await wait(script.chunkDelayMs);
  }
  if (script.breakAfterChunks !== undefined) return breakOff(response);
  if (script.hang !== 'stream') response.end();
}

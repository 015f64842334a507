import type { IncomingMessage } from 'node:http';
import { PipelinesError } from '@pipelines/contracts';

export interface BodyLimits {
  readonly maxBytes: number;
  /** For the whole body. */
  readonly timeoutMs: number;
}

/** Reads a whole body. @throws PipelinesError `body_too_large`, `request_timeout`, `unsupported_media_type`, `client_closed_request` */
export function readBody(request: IncomingMessage, { maxBytes, timeoutMs }: BodyLimits): Promise<Buffer> {
  const tooLarge = () => new PipelinesError('body_too_large', { detail: `The body is larger than ${formatMegabytes(maxBytes)} MB.` });
  return new Promise((resolve, reject) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      reject(
        new PipelinesError('unsupported_media_type', {
          detail: 'Compressed bodies are not taken.',
          fix: 'Send the body without Content-Encoding.',
        }),
      );
      return;
    }
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      reject(tooLarge());
      return;
    }
    if (request.destroyed) {
      reject(new PipelinesError('client_closed_request'));
      return;
    }
    let chunks: Buffer[] = [];
    let length = 0;
    let settled = false;
    const timer = setTimeout(() => settle(() => reject(new PipelinesError('request_timeout'))), timeoutMs);
    const onGone = () => settle(() => reject(new PipelinesError('client_closed_request')));

    // The listeners stay: taking them off costs more than their last calls do.
    function settle(finish: () => void): void {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      finish();
      chunks = [];
    }
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) settle(() => reject(tooLarge()));
      if (!settled) chunks.push(chunk);
    });
    request.on('end', () => settle(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length))));
    request.on('close', onGone).on('error', onGone);
  });
}

function formatMegabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(bytes < 1_000_000 ? 1 : 0);
}

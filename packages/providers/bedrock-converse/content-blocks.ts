import { createHash } from 'node:crypto';
import { type ContentPart, PipelinesError } from '@pipelines/contracts';
import type { ContentBlock } from './converse-types.ts';

/** What stands where Converse wants a text and there is none. */
export const EMPTY_TEXT = '(empty)';

/** A message's content as blocks; blank texts are refused there, so they are left out. */
export function toBlocks(content: string | readonly ContentPart[] | null | undefined): ContentBlock[] {
  if (content == null) return [];
  if (typeof content === 'string') return content.trim() === '' ? [] : [{ text: content }];
  if (!Array.isArray(content)) throw invalidMessages('The content of a message is neither a text nor a list of parts.');
  return content.flatMap((part: ContentPart) => toBlock(part));
}

function toBlock(part: ContentPart): ContentBlock[] {
  if (part?.type === 'text' && typeof part.text === 'string') return part.text.trim() === '' ? [] : [{ text: part.text }];
  if (part?.type === 'refusal') return [];
  if (part?.type === 'image_url') return [toImage(part.image_url?.url)];
  throw new PipelinesError('unsupported_parameter', { detail: 'Bedrock takes texts and images in a message only.', param: 'messages' });
}

function toImage(url: unknown): ContentBlock {
  const header = typeof url === 'string' ? /^data:image\/(png|jpe?g|gif|webp);base64,/i.exec(url.slice(0, 40)) : null;
  if (typeof url !== 'string' || header === null) {
    throw new PipelinesError('unsupported_parameter', {
      detail: 'Bedrock takes images inline only.',
      fix: 'Send the image as a data: URI (PNG, JPEG, GIF or WebP in base64), not as an address.',
      param: 'messages',
    });
  }
  const format = (header[1] ?? '').toLowerCase();
  return { image: { format: format === 'jpg' ? 'jpeg' : format, source: { bytes: url.slice(header[0].length) } } };
}

/** A tool call's ID in the letters and the length that Converse takes; the same in, the same out. */
export function toToolUseId(id: unknown): string {
  if (typeof id !== 'string' || id === '') throw invalidMessages('A tool call or its result has no ID.');
  if (/^[A-Za-z0-9_-]{1,64}$/.test(id)) return id;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 16);
  return `${id.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 47)}_${digest}`;
}

export function invalidMessages(detail: string): PipelinesError {
  return new PipelinesError('invalid_request', { detail, param: 'messages', fields: [{ field: 'messages', message: detail }] });
}

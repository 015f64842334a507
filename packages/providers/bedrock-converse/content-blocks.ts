import { type ChatMessage, type ContentPart, PipelinesError } from '@pipelines/contracts';
import { readInlineImage } from '../data-uri.ts';
import { translateContent } from '../translate-turns.ts';
import type { ContentBlock } from './converse-types.ts';

/** A message's content as blocks; blank texts are refused there, so they are left out. */
export function toBlocks(content: ChatMessage['content']): ContentBlock[] {
  return translateContent(content, toBlock);
}

function toBlock(part: ContentPart): ContentBlock[] {
  if (part?.type === 'text' && typeof part.text === 'string') return part.text.trim() === '' ? [] : [{ text: part.text }];
  if (part?.type === 'refusal') return [];
  if (part?.type === 'image_url') return [toImage(part.image_url?.url)];
  throw new PipelinesError('unsupported_parameter', { detail: 'Bedrock takes texts and images in a message only.', param: 'messages' });
}

function toImage(url: unknown): ContentBlock {
  const image = readInlineImage(url);
  if (image !== null) return { image: { format: image.mediaType.slice('image/'.length), source: { bytes: image.base64 } } };
  throw new PipelinesError('unsupported_parameter', {
    detail: 'Bedrock takes images inline only.',
    fix: 'Send the image as a data: URI (PNG, JPEG, GIF or WebP in base64), not as an address.',
    param: 'messages',
  });
}

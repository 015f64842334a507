import { type ChatMessage, type ContentPart, PipelinesError } from '@pipelines/contracts';
import { readInlineImage } from '../data-uri.ts';
import { translateContent } from '../translate-turns.ts';
import type { CacheControl, ImageSource, SpokenBlock } from './messages-types.ts';

/** A message's content as blocks; blank texts are refused there, so they are left out. */
export function toBlocks(content: ChatMessage['content']): SpokenBlock[] {
  return translateContent(content, toBlock);
}

function toBlock(part: ContentPart): SpokenBlock[] {
  if (part?.type === 'text' && typeof part.text === 'string') {
    return part.text.trim() === '' ? [] : [{ type: 'text', text: part.text, ...cacheMark(part) }];
  }
  if (part?.type === 'refusal') return [];
  if (part?.type === 'image_url') return [{ type: 'image', source: toSource(part.image_url?.url), ...cacheMark(part) }];
  throw new PipelinesError('unsupported_parameter', { detail: 'Anthropic takes texts and images in a message only.', param: 'messages' });
}

/** Anthropic fetches a picture by its address, over https. */
function toSource(url: unknown): ImageSource {
  const image = readInlineImage(url);
  if (image !== null) return { type: 'base64', media_type: image.mediaType, data: image.base64 };
  if (typeof url === 'string' && /^https:\/\//i.test(url) && URL.canParse(url)) return { type: 'url', url };
  throw new PipelinesError('unsupported_parameter', {
    detail: 'Anthropic takes images inline, or by an https address.',
    fix: 'Send the image as a data: URI (PNG, JPEG, GIF or WebP in base64), or as an https:// URL.',
    param: 'messages',
  });
}

/** Where a caller marks a place up to which the prompt is cached. */
export function cacheMark(part: Readonly<Record<string, unknown>>): CacheControl {
  const mark = part.cache_control;
  return typeof mark === 'object' && mark !== null ? { cache_control: mark as Record<string, unknown> } : {};
}

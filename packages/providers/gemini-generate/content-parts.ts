import { type ChatMessage, type ContentPart, PipelinesError } from '@pipelines/contracts';
import { readInlineImage } from '../data-uri.ts';
import { translateContent } from '../translate-turns.ts';
import type { GeminiFamily } from './gemini-families.ts';
import type { Part } from './gemini-types.ts';

type Fetching = Pick<GeminiFamily, 'fetchesImages'>;

/** A message's content as parts; an empty text is no part. */
export function toParts(content: ChatMessage['content'], family: Fetching): Part[] {
  return translateContent(content, (part) => toPart(part, family));
}

function toPart(part: ContentPart, family: Fetching): Part[] {
  if (part?.type === 'text' && typeof part.text === 'string') return part.text === '' ? [] : [{ text: part.text }];
  if (part?.type === 'refusal') return [];
  if (part?.type === 'image_url') return [toImage(part.image_url?.url, family)];
  throw new PipelinesError('unsupported_parameter', { detail: 'Gemini takes texts and images in a message only.', param: 'messages' });
}

function toImage(url: unknown, { fetchesImages }: Fetching): Part {
  const image = readInlineImage(url);
  if (image !== null) return { inlineData: { mimeType: image.mediaType, data: image.base64 } };
  if (fetchesImages && typeof url === 'string' && /^https:\/\//i.test(url) && URL.canParse(url)) {
    return { fileData: { fileUri: url, mimeType: guessMediaType(new URL(url).pathname) } };
  }
  throw new PipelinesError('unsupported_parameter', {
    detail: fetchesImages ? 'Gemini takes images inline, or by an https address.' : 'This Gemini model takes images inline only.',
    fix: 'Send the image as a data: URI (PNG, JPEG, GIF or WebP in base64).',
    param: 'messages',
  });
}

/** The kind must be told with the address; the end of its path is all that there is to go by. */
function guessMediaType(path: string): string {
  const ending = /\.(png|webp|gif)$/i.exec(path)?.[1];
  return `image/${ending?.toLowerCase() ?? 'jpeg'}`;
}

import type { NativeRequest } from './dialects/dialect.ts';
import { bytesPerToken, tokensPerAttachment } from './estimate-rates.ts';

/** A document has rather more text in its bytes than a picture; none is taken for more than providers take of one. */
const bytesPerDocumentToken = 8;
const maxDocumentTokens = 300_000;

/** The tokens of a request in the caller's own words, of which a chat may say only a part: documents, tools that the provider runs. */
export function estimateNative({ body }: Pick<NativeRequest, 'body'>): number {
  const data = findData(body.value);
  const attachedBytes = data.reduce((sum, { bytes }) => sum + bytes, 0);
  const text = Math.ceil(Math.max(0, body.bytes.length - attachedBytes) / bytesPerToken);
  return data.reduce((sum, { bytes, isImage }) => sum + (isImage ? tokensPerAttachment : documentTokens(bytes)), text);
}

function documentTokens(bytes: number): number {
  return Math.min(maxDocumentTokens, Math.max(tokensPerAttachment, Math.ceil(bytes / bytesPerDocumentToken)));
}

interface Data {
  readonly bytes: number;
  readonly isImage: boolean;
}

/** Everything in base64: as a source of a block, or as a data: URI. */
function findData(value: unknown): Data[] {
  if (typeof value === 'string')
    return value.startsWith('data:') ? [{ bytes: value.length, isImage: value.startsWith('data:image/') }] : [];
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'base64' && 'data' in value && typeof value.data === 'string') {
    return [{ bytes: value.data.length, isImage: 'media_type' in value && String(value.media_type).startsWith('image/') }];
  }
  return Object.values(value).flatMap(findData);
}

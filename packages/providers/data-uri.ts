/** An image that stands inside the request. */
export interface InlineImage {
  readonly mediaType: string;
  readonly base64: string;
}

/** Reads `data:image/png;base64,…` of a kind that providers take; null for any other text. */
export function readInlineImage(url: unknown): InlineImage | null {
  if (typeof url !== 'string') return null;
  const header = /^data:image\/(png|jpe?g|gif|webp);base64,/i.exec(url.slice(0, 40));
  if (header === null) return null;
  const kind = (header[1] ?? '').toLowerCase();
  return { mediaType: `image/${kind === 'jpg' ? 'jpeg' : kind}`, base64: url.slice(header[0].length) };
}

import type { ReasoningDetail } from '@pipelines/contracts';

/** Marks what we have packed ourselves, and in which form. */
const mark = 'ppl1:';

/** What a model wants back and the caller's dialect has no word for, as one opaque text that the caller sends back. */
export function packThoughts(details: readonly ReasoningDetail[]): string {
  return mark + Buffer.from(JSON.stringify(details)).toString('base64url');
}

/** The thoughts in a text that we have packed; null for any other text. */
export function unpackThoughts(text: unknown): readonly ReasoningDetail[] | null {
  if (typeof text !== 'string' || !text.startsWith(mark)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(text.slice(mark.length), 'base64url').toString('utf8'));
    return Array.isArray(value) ? value.filter(isDetail) : null;
  } catch {
    return null;
  }
}

function isDetail(value: unknown): value is ReasoningDetail {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

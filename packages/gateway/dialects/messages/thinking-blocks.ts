import type { ReasoningDetail } from '@pipelines/contracts';
import { packThoughts, unpackThoughts } from '../kept-thought.ts';
import type { Fields } from '../request-fields.ts';

/** A thought as Claude's clients know it and send it back. */
export type ThinkingBlock =
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string };

/** The thoughts of a block that the caller sends back; null for a block that is none. */
export function readThought(block: Fields): readonly ReasoningDetail[] | null {
  if (block.type === 'redacted_thinking') {
    return unpackThoughts(block.data) ?? [{ type: 'reasoning.encrypted', data: String(block.data) }];
  }
  if (block.type !== 'thinking') return null;
  const text = String(block.thinking ?? '');
  const packed = unpackThoughts(block.signature);
  if (packed !== null) return packed.map((detail) => (detail.type === 'reasoning.text' ? { ...detail, text } : detail));
  return [{ type: 'reasoning.text', text, ...(block.signature ? { signature: String(block.signature) } : {}) }];
}

/** True for a thought that Claude itself has signed or encrypted: its block is what came from it. */
function isClaudes({ format }: ReasoningDetail): boolean {
  return format == null || (typeof format === 'string' && format.startsWith('anthropic'));
}

/** What stands in the signature of a thought that has a text. */
export function toSignature(detail: ReasoningDetail): string {
  if (isClaudes(detail)) return detail.signature ?? '';
  const { text: _, ...rest } = detail;
  return packThoughts([rest]);
}

/** A thought without a text. */
export function toRedacted(detail: ReasoningDetail): ThinkingBlock {
  const own = detail.type === 'reasoning.encrypted' && isClaudes(detail) && detail.id == null && typeof detail.data === 'string';
  return { type: 'redacted_thinking', data: own ? (detail.data as string) : packThoughts([detail]) };
}

import type { ReasoningDetail } from '@pipelines/contracts';

/** A thought of an earlier turn that its model takes back. */
export type SignedThought =
  | { readonly kind: 'signed'; readonly text: string; readonly signature: string }
  | { readonly kind: 'encrypted'; readonly data: string };

/**
 * Thinking that goes back with its signature, or encrypted. A client may have kept the pieces of a
 * stream apart, so texts are joined until a signature closes them; a text without one is refused by
 * the model and stays out, and so does what another maker's model has encrypted.
 */
export function readSignedThoughts(details: readonly ReasoningDetail[]): SignedThought[] {
  const thoughts: SignedThought[] = [];
  let text = '';
  for (const detail of details) {
    if (typeof detail.format === 'string' && !detail.format.startsWith('anthropic')) continue;
    if (detail.type === 'reasoning.encrypted' && typeof detail.data === 'string') {
      thoughts.push({ kind: 'encrypted', data: detail.data });
    } else if (detail.type === 'reasoning.text') {
      text += detail.text ?? '';
      if (typeof detail.signature !== 'string' || detail.signature === '') continue;
      thoughts.push({ kind: 'signed', text, signature: detail.signature });
      text = '';
    }
  }
  return thoughts;
}

/** A thought as OpenRouter's clients know it; its signature lets it go back in the next turn. */
export function toReasoningDetail(
  thought: { readonly text?: string | undefined; readonly signature?: string | undefined; readonly data?: string | undefined },
  index: number,
): ReasoningDetail {
  const { text, signature, data } = thought;
  if (data !== undefined) return { type: 'reasoning.encrypted', data, index };
  return { type: 'reasoning.text', ...(text === undefined ? {} : { text }), ...(signature === undefined ? {} : { signature }), index };
}

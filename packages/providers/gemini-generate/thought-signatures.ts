import type { ChatMessage, ReasoningDetail, ToolCall } from '@pipelines/contracts';

/** Tells whose the encrypted detail is: another maker's would be refused as forged. */
const format = 'google-gemini-v1';

/** Google's word for a call whose signature is not known, as one of another model's: it is then not checked. */
export const UNKNOWN_SIGNATURE = 'skip_thought_signature_validator';

/** Where OpenAI's clients of Gemini keep a signature: beside the call or the text that it belongs to. */
export function toExtraContent(signature: string | undefined): { readonly extra_content?: object } {
  return signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } };
}

/** The same for those who keep `reasoning_details` only; `id` is that of the tool call. */
export function toSignatureDetail(signature: string, id: string | null, index: number): ReasoningDetail {
  return { type: 'reasoning.encrypted', data: signature, ...(id === null ? {} : { id }), format, index };
}

/** The signature that came with a call, from either place. */
export function readCallSignature(message: ChatMessage, call: ToolCall): string | undefined {
  return readExtraContent(call) ?? readDetail(message, call.id);
}

/** The signature that came with the text of a message, from either place. */
export function readTextSignature(message: ChatMessage): string | undefined {
  return readExtraContent(message) ?? readDetail(message, undefined);
}

function readExtraContent(holder: Readonly<Record<string, unknown>>): string | undefined {
  const { google } = (holder.extra_content ?? {}) as { google?: { thought_signature?: unknown } | null };
  const signature = google?.thought_signature;
  return typeof signature === 'string' && signature !== '' ? signature : undefined;
}

function readDetail({ reasoning_details: details }: ChatMessage, id: string | undefined): string | undefined {
  return details?.findLast((detail) => detail.type === 'reasoning.encrypted' && detail.format === format && detail.id === id)?.data;
}

import type { ChatMessage, ContentPart } from '@pipelines/contracts';

export interface ReadRequest {
  readonly messages: readonly { readonly key: string; readonly role: string; readonly text: string }[];
  /** What was left out or rewritten, and why. */
  readonly remarks: readonly string[];
  /** What was sent, without the remarks. */
  readonly body: unknown;
}

/** The input of an LLM step's run, as the page shows it. */
export function readRequest(input: unknown): ReadRequest {
  if (typeof input !== 'object' || input === null) return { messages: [], remarks: [], body: input };
  const { notes = [], changes, ...body } = input as { notes?: string[]; changes?: string; messages?: readonly ChatMessage[] };
  return {
    messages: (body.messages ?? []).map(({ role, content }, index) => ({ key: `${index} ${role}`, role, text: textOf(content) })),
    remarks: [...notes, ...(changes === undefined ? [] : changes.split('; '))],
    body,
  };
}

function textOf(content: ChatMessage['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(partText).join('\n');
}

function partText(part: ContentPart): string {
  if (part.text !== undefined) return part.text;
  return part.image_url === undefined ? `[${part.type}]` : `[image ${part.image_url.url.slice(0, 80)}]`;
}

import type { ChatRequest } from '@pipelines/contracts';

const imageParts = new Set(['image_url', 'input_image', 'image']);

/** Where the first image of a request stands, as a path into its body. */
export function findImage(request: ChatRequest): string | null {
  for (const [index, { content }] of request.messages.entries()) {
    if (!Array.isArray(content)) continue;
    const part = content.findIndex(({ type }) => imageParts.has(type));
    if (part >= 0) return `messages[${index}].content[${part}]`;
  }
  return null;
}

/** How many images a request sends, those of earlier turns included. */
export function countImages({ messages }: Pick<ChatRequest, 'messages'>): number {
  return messages.reduce(
    (sum, { content }) => sum + (Array.isArray(content) ? content.filter(({ type }) => imageParts.has(type)).length : 0),
    0,
  );
}

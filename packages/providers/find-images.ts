import type { ChatRequest, ContentPart } from '@pipelines/contracts';

const imageParts = new Set(['image_url', 'input_image', 'image']);

export function isImagePart({ type }: ContentPart): boolean {
  return imageParts.has(type);
}

/** Where the first image of a request stands, as a path into its body. */
export function findImage(request: ChatRequest): string | null {
  for (const [index, { content }] of request.messages.entries()) {
    if (!Array.isArray(content)) continue;
    const part = content.findIndex(isImagePart);
    if (part >= 0) return `messages[${index}].content[${part}]`;
  }
  return null;
}

/** How many images a request sends, those of earlier turns included. */
export function countImages({ messages }: Pick<ChatRequest, 'messages'>): number {
  return messages.reduce((sum, { content }) => sum + (Array.isArray(content) ? content.filter(isImagePart).length : 0), 0);
}

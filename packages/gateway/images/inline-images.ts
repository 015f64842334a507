import type { ChatMessage, ContentPart } from '@pipelines/contracts';
import { PipelinesError } from '@pipelines/contracts';
import { adapters } from '@pipelines/providers';
import type { ResolvedModel } from '@pipelines/registry';
import { composeChat } from '../dialects/compose-chat.ts';
import type { SpokenRequest } from '../dialects/dialect.ts';
import { fetchImage, type ImageDoors, type ImagePlace } from './fetch-image.ts';

const maxImages = 20;
const maxTotalBytes = 20 * 1024 * 1024;

/** Whether images stand behind addresses that the model's provider does not open itself. */
export function needsInlining({ chat, native }: SpokenRequest, { protocol, target }: ResolvedModel): boolean {
  const adapter = adapters[protocol];
  if (adapter.opensImage === undefined || (native !== null && adapter.native?.(native.dialect, target) != null)) return false;
  return chat.value.messages.some(
    ({ content }) => Array.isArray(content) && content.some((part) => isBehind(part, target, adapter.opensImage)),
  );
}

/**
 * The request with the bytes of those images in it.
 * @throws PipelinesError `invalid_request` naming the image that cannot be had
 */
export async function inlineImages(
  doors: ImageDoors,
  request: SpokenRequest,
  { protocol, target }: ResolvedModel,
  fetching: Pick<ImagePlace, 'organizationId' | 'signal'>,
): Promise<SpokenRequest> {
  const { opensImage } = adapters[protocol];
  let images = 0;
  let leftBytes = maxTotalBytes;
  const messages: ChatMessage[] = [];
  for (const [index, message] of request.chat.value.messages.entries()) {
    const parts: ContentPart[] = [];
    for (const [at, part] of (Array.isArray(message.content) ? message.content : []).entries()) {
      if (!isBehind(part, target, opensImage)) {
        parts.push(part);
        continue;
      }
      const field = `messages[${index}].content[${at}]`;
      images += 1;
      if (images > maxImages) throw tooMuch(field);
      const { mediaType, bytes } = await fetchImage(doors, part.image_url.url, { field, ...fetching });
      leftBytes -= bytes.length;
      if (leftBytes < 0) throw tooMuch(field);
      parts.push({ ...part, image_url: { ...part.image_url, url: `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}` } });
    }
    messages.push(Array.isArray(message.content) ? { ...message, content: parts } : message);
  }
  return { ...request, chat: composeChat({ ...request.chat.value, messages }) };
}

type ImagePart = ContentPart & { readonly image_url: { readonly url: string } };

function isBehind(
  part: ContentPart,
  target: ResolvedModel['target'],
  opensImage: NonNullable<(typeof adapters)[keyof typeof adapters]['opensImage']> | undefined,
): part is ImagePart {
  const url: unknown = part.type === 'image_url' ? part.image_url?.url : null;
  return typeof url === 'string' && /^https?:\/\//i.test(url) && opensImage?.(url, target) === false;
}

function tooMuch(field: string): PipelinesError {
  return new PipelinesError('invalid_request', {
    detail: `The images up to "${field}" are too many or too large to be fetched for this model.`,
    fix: `Send at most ${maxImages} images by address, ${maxTotalBytes / 1024 / 1024} MB in all.`,
    param: field,
  });
}

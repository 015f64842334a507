import type { CallSize, ChatMessage, ChatRequest } from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';
import { asksLongCache } from './asks-long-cache.ts';
import type { SpokenRequest } from './dialects/dialect.ts';
import { estimateNative } from './estimate-native.ts';
import { bytesPerToken, tokensPerAttachment } from './estimate-rates.ts';

/** Parts whose data is no text; all others are measured as what they say. */
const attachments: ReadonlySet<unknown> = new Set(['image_url', 'image', 'input_audio', 'audio_url', 'video_url', 'file']);
/** What a message has besides its text: its role and its borders. */
const tokensPerMessage = 8;

/** How large a call may become: its prompt by its length, its answer by what it or its model allows. */
export function estimateSize(
  { chat, native }: Pick<SpokenRequest, 'chat' | 'native'>,
  model: Pick<ResolvedModel, 'target' | 'listing' | 'prices'>,
): CallSize {
  const { value } = chat;
  return {
    ...estimatePrompt({ chat, native }),
    ...readAnswerLimits(value, model),
    writesLongCache: model.prices.cacheWrite !== null && asksLongCache((native?.body ?? chat).value),
    ...(Array.isArray(value.modalities) && value.modalities.includes('audio') && { audioOut: true }),
  };
}

/** How long the answer may be, all choices together. */
export function readAnswerLimits(
  { n, max_completion_tokens, max_tokens }: ChatRequest,
  model: Pick<ResolvedModel, 'target' | 'listing'>,
): Pick<CallSize, 'askedTokens' | 'longestTokens'> {
  const choices = typeof n === 'number' && n > 1 ? n : 1;
  const asked = max_completion_tokens ?? max_tokens ?? null;
  const longest = model.target.maxTokens ?? model.listing.max_tokens;
  return { askedTokens: asked === null ? null : asked * choices, longestTokens: longest === null ? null : longest * choices };
}

type PromptSize = Pick<CallSize, 'promptTokens' | 'images' | 'audioIn'>;

/** How large the prompt is, in the caller's own words where those say more than a chat. */
export function estimatePrompt({ chat, native }: Pick<SpokenRequest, 'chat' | 'native'>): PromptSize {
  const prompt = estimateChat(chat.value, chat.bytes);
  return native === null ? prompt : { ...prompt, promptTokens: Math.max(prompt.promptTokens, estimateNative(native)) };
}

/** Without attachments the bytes of the body say it: nothing needs to be looked at again. */
function estimateChat({ messages }: ChatRequest, bytes: Uint8Array): PromptSize {
  let attachedBytes = 0;
  let images = 0;
  let audioIn = false;
  for (const { content } of messages) {
    if (!Array.isArray(content)) continue;
    for (const part of content as Exclude<NonNullable<ChatMessage['content']>, string>) {
      if (typeof part.text === 'string' || !attachments.has(part.type)) continue;
      images += 1;
      audioIn ||= part.type === 'input_audio';
      attachedBytes += longestText(part);
    }
  }
  const textBytes = Math.max(0, bytes.length - attachedBytes);
  const promptTokens = Math.ceil(textBytes / bytesPerToken) + messages.length * tokensPerMessage + images * tokensPerAttachment;
  return { promptTokens, images, ...(audioIn && { audioIn }) };
}

/** The data of a part lies one or two levels deep, such as `image_url.url`. */
function longestText(part: object): number {
  let longest = 0;
  for (const value of Object.values(part)) {
    if (typeof value === 'string') longest = Math.max(longest, value.length);
    else if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) if (typeof inner === 'string') longest = Math.max(longest, inner.length);
    }
  }
  return longest;
}

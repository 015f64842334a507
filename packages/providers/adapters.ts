import type { Protocol } from '@pipelines/contracts';
import type { ProviderAdapter } from './adapter.ts';
import { anthropicMessagesAdapter } from './anthropic-messages/anthropic-messages-adapter.ts';
import { bedrockConverseAdapter } from './bedrock-converse/bedrock-converse-adapter.ts';
import { geminiGenerateAdapter } from './gemini-generate/gemini-generate-adapter.ts';
import { openaiChatAdapter } from './openai-chat/openai-chat-adapter.ts';

/** The protocols, each by its adapter. */
export const adapters: Readonly<Record<Protocol, ProviderAdapter>> = {
  'openai-chat': openaiChatAdapter,
  'bedrock-converse': bedrockConverseAdapter,
  'anthropic-messages': anthropicMessagesAdapter,
  'gemini-generate': geminiGenerateAdapter,
};

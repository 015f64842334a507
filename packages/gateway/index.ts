export type { AnswerSink } from './answer-sink.ts';
export type { ChatInput } from './complete-chat.ts';
export { createGateway, type Gateway, type GatewayOptions } from './create-gateway.ts';
export { type OpenAiError, toOpenAiError } from './openai-error.ts';

export type { AnswerSink } from './answer-sink.ts';
export type { ChatInput } from './complete-chat.ts';
export type { ChatOnceInput, ChatOnceResult, EndedAttempt } from './complete-chat-once.ts';
export { createGateway, type Gateway, type GatewayOptions } from './create-gateway.ts';
export { chatDialect } from './dialects/chat/chat-dialect.ts';
export type { CallerHeaders, Dialect } from './dialects/dialect.ts';
export { dialects, requestIdHeaders } from './dialects/dialects.ts';
export { type OpenAiError, toOpenAiError } from './openai-error.ts';
export type { AnswerPiece } from './streaming-sink.ts';
